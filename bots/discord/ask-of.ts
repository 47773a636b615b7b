import {
  type APIApplicationCommandInteractionDataBasicOption,
  type APIApplicationCommandInteractionDataOption,
  type APIAttachment,
  type APIChatInputApplicationCommandInteraction,
  type APIInteraction,
  type APIMessage,
  type APIMessageApplicationCommandInteraction,
  type APIModalSubmitInteraction,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  InteractionType,
} from 'discord.js';

import type { Ask, Attachment, Said, Values } from '../presenter/ask.ts';
import type { MessageCommand } from '../presenter/command.ts';

/** What somebody did that they wait for an answer to: a command, a button, a form. */
export type Heard = Exclude<
  APIInteraction,
  { type: InteractionType.Ping | InteractionType.ApplicationCommandAutocomplete }
>;

/** What was done in Discord, as every chat says it, but for who did; null for what is none of ours, such as a menu. Pure. */
export function askOf(heard: Heard, onMessages: readonly MessageCommand[]): Omit<Ask, 'asker'> | null {
  const said = saidBy(heard, onMessages);
  if (said === null) return null;
  return {
    surface: 'discord',
    id: heard.id,
    place: { channel: channelOf(heard), thread: null, message: messageOf(heard) },
    said,
    attachments: attachmentsOf(heard),
    fileLimit: heard.attachment_size_limit,
  };
}

export function channelOf(heard: Heard): string {
  return heard.channel?.id ?? '';
}

function messageOf(heard: Heard): string | null {
  if (heard.type === InteractionType.MessageComponent) return heard.message.id;
  if (heard.type === InteractionType.ModalSubmit) return heard.message?.id ?? null;
  return isOnMessage(heard) ? heard.data.target_id : null;
}

function saidBy(heard: Heard, onMessages: readonly MessageCommand[]): Said | null {
  switch (heard.type) {
    case InteractionType.MessageComponent:
      if (heard.data.component_type !== ComponentType.Button) return null;
      return { type: 'press', button: heard.data.custom_id };
    case InteractionType.ModalSubmit:
      return { type: 'press', button: heard.data.custom_id, values: filledIn(heard) };
    case InteractionType.ApplicationCommand: {
      if (isOnMessage(heard)) {
        const command = onMessages.find(({ name }) => name === heard.data.name);
        return command ? { type: 'message', command: command.id } : null;
      }
      if (!isSlash(heard)) return null;
      const { verb, options } = typedOf(heard.data);
      const values = typedIn(options);
      return verb === 'pql' ? { type: 'text', text: values.query ?? '' } : { type: 'form', verb, values };
    }
  }
}

/** A command with what was typed into it; where something is under it, by both names: `consent opt-out`. */
export function typedOf({
  name,
  options = [],
}: {
  name: string;
  options?: readonly APIApplicationCommandInteractionDataOption[] | undefined;
}): { verb: string; options: APIApplicationCommandInteractionDataBasicOption[] } {
  const [under] = options;
  if (under?.type === ApplicationCommandOptionType.Subcommand)
    return { verb: `${name} ${under.name}`, options: under.options ?? [] };
  return { verb: name, options: options as APIApplicationCommandInteractionDataBasicOption[] };
}

function isSlash(heard: Heard): heard is APIChatInputApplicationCommandInteraction {
  return (
    heard.type === InteractionType.ApplicationCommand && heard.data.type === ApplicationCommandType.ChatInput
  );
}

function isOnMessage(heard: Heard): heard is APIMessageApplicationCommandInteraction {
  return (
    heard.type === InteractionType.ApplicationCommand && heard.data.type === ApplicationCommandType.Message
  );
}

/** Files come beside the values. */
function typedIn(options: readonly APIApplicationCommandInteractionDataBasicOption[] = []): Values {
  return Object.fromEntries(
    options
      .filter(({ type }) => type !== ApplicationCommandOptionType.Attachment)
      .map(({ name, value }) => [name, String(value)]),
  );
}

function filledIn({ data }: APIModalSubmitInteraction): Values {
  // Files come beside the values.
  const fields = fieldsOf(data).filter(({ type }) => type !== ComponentType.FileUpload);
  return Object.fromEntries(
    fields.map((field) => [
      field.custom_id,
      'values' in field ? field.values.join(', ') : String(field.value ?? ''),
    ]),
  );
}

function fieldsOf({ components }: APIModalSubmitInteraction['data']) {
  return components.flatMap((each) => (each.type === ComponentType.Label ? [each.component] : []));
}

/** The files that somebody put into a form, in the order of its fields. */
function filesIn({ data }: APIModalSubmitInteraction): Attachment[] {
  const there = data.resolved?.attachments ?? {};
  return fieldsOf(data).flatMap((field) =>
    field.type !== ComponentType.FileUpload
      ? []
      : field.values.flatMap((id) => (there[id] === undefined ? [] : [attachment(there[id])])),
  );
}

function attachmentsOf(heard: Heard): Attachment[] {
  if (heard.type === InteractionType.ModalSubmit) return filesIn(heard);
  if (isSlash(heard)) return Object.values(heard.data.resolved?.attachments ?? {}).map(attachment);
  if (!isOnMessage(heard)) return [];
  const message = heard.data.resolved.messages[heard.data.target_id];
  return message === undefined ? [] : carriedBy(message);
}

/** Files of a message; where it has none, what it links to: the first few, since a text may hold hundreds. */
function carriedBy({ attachments, content }: APIMessage): Attachment[] {
  if (attachments.length > 0) return attachments.map(attachment);
  const links = content.match(/https?:\/\/[^\s<>()[\]"'`]+/g) ?? [];
  return links
    .slice(0, 5)
    .map((url) => ({ url, name: lastPart(url), bytes: null, contentType: null, link: true }));
}

function attachment({ url, filename, size, content_type }: APIAttachment): Attachment {
  return { url, name: filename, bytes: size, contentType: content_type ?? null };
}

function lastPart(url: string): string {
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  return path.split('/').at(-1) || 'link';
}
