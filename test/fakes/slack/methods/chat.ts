import { checkBlocks, tooLong } from '../check-blocks.ts';
import { isJson, type Json, listOf, textOf } from '../json.ts';
import { type Method, tier } from '../method.ts';
import { Refusal } from '../refusal.ts';
import { type Channel, directChannel, type Message, type Team } from '../team.ts';

export const chat: Record<string, Method> = {
  'chat.postMessage': {
    scopes: ['chat:write'],
    token: 'bot',
    // About one a second and channel, with short bursts.
    perMinute: 300,
    perChannel: { most: 5, seconds: 5 },
    required: ['channel'],
    run({ team }, args) {
      const channel = placeToPost(team, textOf(args.channel));
      const message = newMessage(team, channel, args);
      team.messages.push(message);
      return { channel: channel.id, ts: message.ts, message: shown(team, message) };
    },
  },
  'chat.postEphemeral': {
    scopes: ['chat:write'],
    token: 'bot',
    perMinute: tier[4],
    required: ['channel', 'user'],
    run({ team }, args) {
      const channel = placeToPost(team, textOf(args.channel));
      const user = textOf(args.user);
      if (!channel.members.has(user)) throw new Refusal('user_not_in_channel');
      const message = { ...newMessage(team, channel, args), onlyFor: user };
      team.messages.push(message);
      return { message_ts: message.ts };
    },
  },
  'chat.update': {
    scopes: ['chat:write'],
    token: 'bot',
    perMinute: tier[3],
    required: ['channel', 'ts'],
    run({ team }, args) {
      const message = ownMessage(team, args, 'cant_update_message');
      const { text, blocks, metadata } = checked(args);
      message.before.push({ text: message.text, blocks: message.blocks });
      message.text = text;
      // Blocks stay only where nothing new is said at all.
      if (args.blocks !== undefined || args.text !== undefined) message.blocks = blocks;
      if (metadata !== null) message.metadata = metadata;
      return { channel: message.channel, ts: message.ts, text, message: shown(team, message) };
    },
  },
  'chat.delete': {
    scopes: ['chat:write'],
    token: 'bot',
    perMinute: tier[3],
    required: ['channel', 'ts'],
    run({ team }, args) {
      const message = ownMessage(team, args, 'cant_delete_message');
      team.messages.splice(team.messages.indexOf(message), 1);
      return { channel: message.channel, ts: message.ts };
    },
  },
  'chat.getPermalink': {
    scopes: [],
    token: 'bot',
    perMinute: tier[4],
    required: ['channel', 'message_ts'],
    run({ team }, args) {
      const { channel, message_ts: ts } = args;
      if (!team.messages.some((message) => message.channel === channel && message.ts === ts))
        throw new Refusal('message_not_found');
      return { channel, permalink: `https://${team.domain}.slack.com/archives/${channel}/p${ts}` };
    },
  },
};

/** What is posted or said anew, refused as the real service would. */
export function checked(args: Json): { text: string; blocks: unknown[]; metadata: Json | null } {
  const text = textOf(args.text);
  const blocks = listOf(args.blocks);
  if (text === '' && blocks.length === 0 && listOf(args.attachments).length === 0)
    throw new Refusal('no_text');
  if (text.length > 40_000) throw new Refusal('msg_too_long');
  if (args.blocks !== undefined && !Array.isArray(args.blocks)) throw new Refusal('invalid_blocks_format');
  const wrong = checkBlocks(blocks, 'message');
  if (wrong.length > 0)
    throw new Refusal('invalid_blocks', { errors: wrong, response_metadata: { messages: wrong } });
  if (tooLong(blocks)) throw new Refusal('msg_blocks_too_long');
  return { text, blocks, metadata: metadataOf(args.metadata) };
}

/** https://docs.slack.dev/messaging/message-metadata: a name, and a flat object of at most 8 KB. */
function metadataOf(value: unknown): Json | null {
  if (value === undefined) return null;
  if (!isJson(value) || !isJson(value.event_payload)) throw new Refusal('invalid_metadata_format');
  if (!/^[a-z][\w.-]{0,254}$/i.test(textOf(value.event_type))) throw new Refusal('invalid_metadata_schema');
  if (JSON.stringify(value).length > 8192) throw new Refusal('metadata_too_large');
  return value;
}

/** The channel, where this app may post; a person's id is their direct channel. */
export function placeToPost(team: Team, id: string): Channel {
  const channel = team.people.has(id) ? directChannel(team, id) : team.channels.get(id);
  if (channel === undefined) throw new Refusal('channel_not_found');
  if (channel.archived) throw new Refusal('is_archived');
  if (!channel.members.has(team.bot.user)) {
    if (channel.kind !== 'public') throw new Refusal('channel_not_found');
    if (!team.scopes.has('chat:write.public')) throw new Refusal('not_in_channel');
  }
  if (channel.restricted) throw new Refusal('restricted_action');
  return channel;
}

export function newMessage(team: Team, channel: Channel, args: Json): Message {
  const thread = args.thread_ts === undefined ? null : textOf(args.thread_ts);
  if (thread !== null && !/^\d+\.\d{6}$/.test(thread)) throw new Refusal('invalid_thread_ts');
  return {
    ...checked(args),
    channel: channel.id,
    ts: team.ts(),
    thread,
    user: team.bot.user,
    files: [],
    onlyFor: null,
    before: [],
  };
}

function ownMessage(team: Team, args: Json, otherwise: string): Message {
  if (!team.channels.has(textOf(args.channel))) throw new Refusal('channel_not_found');
  const message = team.messages.find(
    ({ channel, ts, onlyFor }) => channel === args.channel && ts === args.ts && onlyFor === null,
  );
  if (message === undefined) throw new Refusal('message_not_found');
  if (message.user !== team.bot.user) throw new Refusal(otherwise);
  return message;
}

/** A message as the API gives it. */
export function shown(team: Team, message: Message, allMetadata = true): Json {
  const bot = message.user === team.bot.user ? { bot_id: team.bot.id, app_id: team.bot.app } : {};
  return {
    type: 'message',
    ...bot,
    user: message.user,
    ts: message.ts,
    text: message.text,
    blocks: message.blocks,
    ...(message.thread === null ? {} : { thread_ts: message.thread }),
    ...(message.files.length === 0 ? {} : { files: message.files.map((id) => ({ id })) }),
    ...(message.metadata === null || !allMetadata ? {} : { metadata: message.metadata }),
  };
}
