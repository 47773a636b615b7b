import type { Gateway } from './gateway.ts';
import { interactionBy } from './interaction.ts';
import type { CommandBody, OptionBody } from './limits/commands.ts';
import { type Component, everyComponent, kind } from './limits/components.ts';
import { patience } from './routes/interactions.ts';
import { buttonsOf, shown } from './shown.ts';
import type { Channel, Heard, State, StoredFile, StoredMessage, User } from './state.ts';
import { messageOnWire } from './wire.ts';

export interface Upload {
  name: string;
  type: string;
  bytes: Buffer;
}

/** What somebody sees of the answer to what they did. */
export type Answered =
  | { type: 'message'; message: StoredMessage; after: number }
  /** The message that was pressed on changes, now or soon. */
  | { type: 'update'; message: StoredMessage; after: number }
  | { type: 'modal'; modal: Record<string, unknown>; after: number }
  /** "The application did not respond." */
  | { type: 'nothing' };

/** Somebody at a keyboard, who can do only what a person in Discord can. */
export interface Person {
  id: string;
  user: User;
  /** `/pql` with its options; `consent list` for a subcommand. */
  types(
    channel: Channel,
    command: string,
    options?: Readonly<Record<string, string | number | boolean | Upload>>,
  ): Promise<Answered>;
  /** What is offered while they type into an option. */
  completes(
    channel: Channel,
    command: string,
    option: string,
    typed: string,
  ): Promise<{ name: string; value: string }[]>;
  presses(message: StoredMessage, label: string): Promise<Answered>;
  submits(
    channel: Channel,
    modal: Record<string, unknown>,
    values: Readonly<Record<string, string | Upload | Upload[]>>,
  ): Promise<Answered>;
  /** A command from a message's menu. */
  uses(command: string, message: StoredMessage): Promise<Answered>;
  /** Writes a message. */
  says(channel: Channel, text: string, files?: readonly Upload[]): StoredMessage;
  /** Everything that stands in a channel for them, as text. */
  reads(channel: Channel): string;
  /** The messages that they see, oldest first. */
  sees(channel: Channel): StoredMessage[];
}

export function openPerson(state: State, user: User, gateway: Gateway, base: () => string): Person {
  const tell = (channel: Channel, type: number, more: Record<string, unknown>) => {
    const heard = interactionBy(state, user, channel, type, more);
    gateway.dispatch(channel.guild ?? '0', 'INTERACTION_CREATE', heard.payload);
    return heard;
  };
  const sees = (channel: Channel) =>
    [...state.messages.values()].filter(
      (each) => each.channel === channel.id && (each.onlyFor === null || each.onlyFor === user.id),
    );
  const channelOf = (message: StoredMessage) => state.channels.get(message.channel)!;

  return {
    id: user.id,
    user,
    async types(channel, name, options = {}) {
      const command = commandOf(state, 1, name.split(' ')[0]!);
      const data = typedCommand(state, channel, command, name.split(' ').slice(1), options, base());
      return answerTo(state, tell(channel, 2, { data }));
    },
    async completes(channel, name, option, typed) {
      const command = commandOf(state, 1, name.split(' ')[0]!);
      const declared = optionsAt(command, name.split(' ').slice(1)).find((each) => each.name === option);
      if (!declared?.autocomplete) throw new Error(`nothing completes /${name} ${option}`);
      const typing = [{ name: option, type: declared.type, value: typed, focused: true }];
      const data = {
        id: command.id,
        name: command.name,
        type: 1,
        options: under(name.split(' ').slice(1), typing),
      };
      const heard = tell(channel, 4, { data });
      await answerTo(state, heard);
      return (heard.answered?.body.choices ?? []) as { name: string; value: string }[];
    },
    async presses(message, label) {
      if (!sees(channelOf(message)).includes(message))
        throw new Error('the message is not there to press on');
      const button = buttonsOf(message).find((each) => each.label === label);
      if (button === undefined) throw new Error(`there is no button ${label} on:\n${shown(message)}`);
      if (button.disabled || button.style === 5) throw new Error(`${label} is nothing to press`);
      const data = { component_type: kind.button, custom_id: button.custom_id, id: button.id };
      return answerTo(
        state,
        tell(channelOf(message), 3, { data, message: messageOnWire(state, base(), message) }),
      );
    },
    async submits(channel, modal, values) {
      return answerTo(state, tell(channel, 5, { data: filledIn(state, channel, modal, values, base()) }));
    },
    async uses(name, message) {
      const command = commandOf(state, 3, name);
      const resolved = { messages: { [message.id]: messageOnWire(state, base(), message) } };
      const data = { id: command.id, name, type: 3, target_id: message.id, resolved };
      return answerTo(state, tell(channelOf(message), 2, { data }));
    },
    says(channel, text, files = []) {
      const message: StoredMessage = {
        id: state.snowflake(),
        channel: channel.id,
        author: user.id,
        content: text,
        flags: 0,
        components: [],
        embeds: [],
        files: files.map((file) => ({ id: state.snowflake(), ...file })),
        nonce: null,
        onlyFor: null,
        interaction: null,
        pinged: [],
        edits: 0,
        thinking: false,
      };
      state.messages.set(message.id, message);
      return message;
    },
    sees,
    reads: (channel) => sees(channel).map(shown).join('\n\n'),
  };
}

function commandOf(state: State, type: number, name: string): CommandBody & { id: string } {
  const command = state.commands.find((each) => each.name === name && (each.type ?? 1) === type);
  if (command === undefined) throw new Error(`there is no command ${name}`);
  return command;
}

/** The options below a subcommand. */
function optionsAt(command: CommandBody, below: readonly string[]): OptionBody[] {
  let options = command.options ?? [];
  for (const name of below) {
    const found = options.find((each) => each.name === name && (each.type ?? 0) <= 2);
    if (found === undefined) throw new Error(`/${command.name} has no ${name}`);
    options = found.options ?? [];
  }
  return options;
}

function under(below: readonly string[], options: object[]): object[] {
  return below.reduceRight((inner, name) => [{ name, type: 1, options: inner }], options);
}

function typedCommand(
  state: State,
  channel: Channel,
  command: CommandBody & { id: string },
  below: readonly string[],
  values: Readonly<Record<string, string | number | boolean | Upload>>,
  base: string,
): Record<string, unknown> {
  const declared = optionsAt(command, below);
  const missing = declared.find((each) => each.required && values[each.name!] === undefined);
  if (missing) throw new Error(`/${command.name} wants ${missing.name}`);
  const attachments: Record<string, object> = {};
  const options = Object.entries(values).map(([name, value]) => {
    const option = declared.find((each) => each.name === name);
    if (option === undefined) throw new Error(`/${command.name} has no option ${name}`);
    if (typeof value === 'object') {
      if (option.type !== 11) throw new Error(`${name} takes no file`);
      const file = uploaded(state, channel, value, base);
      attachments[file.id] = file;
      return { name, type: 11, value: file.id };
    }
    if (option.choices?.length && !option.choices.some((choice) => choice.value === value))
      throw new Error(`${name} offers no ${value}`);
    if (
      typeof value === 'number' &&
      (value < (option.min_value ?? value) || value > (option.max_value ?? value))
    )
      throw new Error(`${name} goes from ${option.min_value} to ${option.max_value}`);
    if (typeof value === 'string' && value.length > (option.max_length ?? 6000))
      throw new Error(`${name} is too long`);
    return { name, type: option.type, value };
  });
  const resolved = Object.keys(attachments).length > 0 ? { resolved: { attachments } } : {};
  return { id: command.id, name: command.name, type: 1, options: under(below, options), ...resolved };
}

/** A file that somebody sends with what they do, as Discord tells of it. */
function uploaded(state: State, channel: Channel, upload: Upload, base: string) {
  const file: StoredFile = { id: state.snowflake(), ...upload };
  state.uploads.set(file.id, file);
  const url = `${base}/attachments/${channel.id}/${file.id}/${encodeURIComponent(file.name)}`;
  return {
    ...{ id: file.id, filename: file.name, size: file.bytes.length },
    ...{ url, proxy_url: url, content_type: file.type },
  };
}

function filledIn(
  state: State,
  channel: Channel,
  modal: Record<string, unknown>,
  values: Readonly<Record<string, string | Upload | Upload[]>>,
  base: string,
) {
  const attachments: Record<string, object> = {};
  const labels = (modal.components as Component[]).filter((each) => each.type === kind.label);
  const components = labels.map((each) => {
    const field = each.component!;
    const value = values[String(each.label)] ?? values[field.custom_id!] ?? field.value;
    const chosenAlready = (field.options as { default?: boolean }[] | undefined)?.some(
      (option) => option.default,
    );
    if (field.required !== false && !value && !chosenAlready) throw new Error(`the form wants ${each.label}`);
    const common = { type: field.type, id: field.id ?? 1, custom_id: field.custom_id };
    if (field.type === kind.upload) {
      const given = value === undefined ? [] : ([value].flat() as Upload[]);
      if (given.length > Number(field.max_values ?? 1)) throw new Error(`${each.label} takes no more files`);
      const files = given.map((file) => uploaded(state, channel, file, base));
      for (const file of files) attachments[file.id] = file;
      return { type: kind.label, id: each.id, component: { ...common, values: files.map(({ id }) => id) } };
    }
    if (typeof value === 'object') throw new Error(`${each.label} takes no file`);
    if (field.type === kind.input)
      return { type: kind.label, id: each.id, component: { ...common, value: value ?? '' } };
    const options = field.options as { label: string; value: string; default?: boolean }[];
    const chosen = options.filter((option) =>
      value === undefined ? option.default : [option.value, option.label].includes(String(value)),
    );
    if (value !== undefined && chosen.length === 0) throw new Error(`${each.label} offers no ${value}`);
    return {
      type: kind.label,
      id: each.id,
      component: { ...common, values: chosen.map((option) => option.value) },
    };
  });
  for (const name of Object.keys(values))
    if (!everyComponent(labels).some((each) => each.label === name || each.custom_id === name))
      throw new Error(`the form has no ${name}`);
  const resolved = Object.keys(attachments).length > 0 ? { resolved: { attachments } } : {};
  return { custom_id: modal.custom_id, components, ...resolved };
}

/** Waits as long as Discord waits, by the clock of the machine. */
async function answerTo(state: State, heard: Heard): Promise<Answered> {
  await new Promise<void>((resolve) => {
    const end = () => {
      if (heard.answered === null) return;
      clearTimeout(timer);
      state.news.off('change', end);
      resolve();
    };
    const timer = setTimeout(() => {
      state.news.off('change', end);
      resolve();
    }, patience.answer);
    state.news.on('change', end);
    end();
  });
  if (heard.answered === null) return { type: 'nothing' };
  const { type, after, body } = heard.answered;
  if (type === 9) return { type: 'modal', modal: body, after };
  const message = state.messages.get(heard.original ?? '');
  if (message === undefined) return { type: 'nothing' };
  return { type: type === 6 || type === 7 ? 'update' : 'message', message, after };
}
