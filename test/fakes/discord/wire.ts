import { timeOf } from './snowflake.ts';
import type { State, StoredMessage, User } from './state.ts';

/** A user as the API writes one. */
export function userOnWire(user: User): Record<string, unknown> {
  return {
    id: user.id,
    username: user.name.toLowerCase(),
    global_name: user.name,
    discriminator: '0',
    avatar: null,
    bot: user.bot,
  };
}

/** A message as the API writes one. Its nonce is told only to who sent it. */
export function messageOnWire(state: State, base: string, message: StoredMessage): Record<string, unknown> {
  const author = state.users.get(message.author)!;
  const at = new Date(timeOf(message.id)).toISOString();
  return {
    id: message.id,
    channel_id: message.channel,
    author: userOnWire(author),
    content: message.content,
    timestamp: at,
    edited_timestamp: message.edits > 0 ? at : null,
    tts: false,
    mention_everyone: message.pinged.includes('everyone'),
    mentions: [],
    mention_roles: [],
    attachments: message.files.map((file) => ({
      id: file.id,
      filename: file.name,
      size: file.bytes.length,
      content_type: file.type,
      url: `${base}/attachments/${message.channel}/${file.id}/${encodeURIComponent(file.name)}`,
      proxy_url: `${base}/attachments/${message.channel}/${file.id}/${encodeURIComponent(file.name)}`,
    })),
    embeds: message.embeds,
    components: message.components,
    pinned: false,
    type: message.interaction === null ? 0 : 20,
    flags: message.flags,
    ...(author.bot ? { application_id: state.application } : {}),
    ...(message.interaction === null
      ? {}
      : {
          interaction_metadata: {
            id: message.interaction,
            type: 2,
            user: {},
            authorizing_integration_owners: {},
          },
        }),
  };
}

/** What somebody would write into `allowed_mentions`, against what stands in the text: who is really pinged. */
export function pingedBy(
  text: string,
  allowed: { parse?: string[]; users?: string[] } | undefined,
): string[] {
  const may = (type: string) => allowed === undefined || (allowed.parse ?? []).includes(type);
  const users = [...text.matchAll(/<@!?(\d+)>/g)].map((match) => match[1]!);
  const roles = [...text.matchAll(/<@&(\d+)>/g)].map((match) => match[1]!);
  return [
    ...users.filter((id) => may('users') || allowed?.users?.includes(id)),
    ...roles.filter(() => may('roles')),
    ...(/@(?:everyone|here)/.test(text) && may('everyone') ? ['everyone'] : []),
  ];
}
