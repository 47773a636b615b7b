import { checkBlocks, tooLong } from '../check-blocks.ts';
import { isJson, type Json, listOf, textOf } from '../json.ts';
import { type Method, type Shop, tier } from '../method.ts';
import { Refusal } from '../refusal.ts';
import type { StoredFile } from '../team.ts';
import { newMessage, placeToPost } from './chat.ts';

export const files: Record<string, Method> = {
  'files.getUploadURLExternal': {
    scopes: ['files:write'],
    token: 'bot',
    perMinute: tier[4],
    required: ['filename', 'length'],
    run({ team, url }, args) {
      const length = Number(args.length);
      if (!Number.isInteger(length) || length < 1) throw new Refusal('invalid_arguments');
      if (length > 1_073_741_824) throw new Refusal('file_upload_size_restricted');
      const id = team.id_('F');
      const name = textOf(args.filename);
      const none = { bytes: null, completed: false, shares: [] };
      team.files.set(id, { id, name, title: name, length, user: team.bot.user, ...none });
      return { upload_url: `${url()}/upload/v1/${id}`, file_id: id };
    },
  },
  'files.completeUploadExternal': {
    scopes: ['files:write'],
    token: 'bot',
    perMinute: tier[4],
    required: ['files'],
    run(shop, args) {
      const { team } = shop;
      const wanted = listOf(args.files).map((file) => {
        const known = isJson(file) ? team.files.get(textOf(file.id)) : undefined;
        if (known === undefined) throw new Refusal('file_not_found');
        if (known.bytes === null) throw new Refusal('file_upload_not_found');
        if (known.completed) throw new Refusal('file_already_completed');
        return { known, title: isJson(file) ? textOf(file.title) : '' };
      });
      if (wanted.length === 0) throw new Refusal('invalid_arguments');
      const place = args.channel_id === undefined ? null : placeToShare(shop, textOf(args.channel_id));
      const comment = textOf(args.initial_comment);
      // With a comment the blocks are dropped; and a markdown block is an internal error here, unlike in chat.postMessage
      // (slackapi/python-slack-sdk#1756).
      const blocks = comment === '' ? listOf(args.blocks) : [];
      if (blocks.some((block) => isJson(block) && block.type === 'markdown'))
        throw new Refusal('internal_error');
      const wrong = checkBlocks(blocks, 'message');
      if (wrong.length > 0) throw new Refusal('invalid_blocks', { response_metadata: { messages: wrong } });
      if (tooLong(blocks)) throw new Refusal('msg_blocks_too_long');
      for (const { known, title } of wanted) {
        known.completed = true;
        if (title !== '') known.title = title;
      }
      if (place !== null) {
        const message = newMessage(team, place, { text: comment || ' ', blocks, thread_ts: args.thread_ts });
        message.text = comment;
        message.files = wanted.map((file) => file.known.id);
        team.messages.push(message);
        for (const file of wanted)
          file.known.shares.push({ channel: place.id, ts: message.ts, at: team.now() + shop.shareDelay() });
      }
      return { files: wanted.map((file) => ({ id: file.known.id, title: file.known.title })) };
    },
  },
  'files.info': {
    scopes: ['files:read'],
    token: 'bot',
    perMinute: tier[4],
    required: ['file'],
    run({ team, url }, args) {
      const file = team.files.get(textOf(args.file));
      if (file === undefined || !file.completed) throw new Refusal('file_not_found');
      const seen = file.shares.filter(({ at }) => at <= team.now());
      const kinds: Json = {};
      for (const { channel, ts } of seen) {
        const kind = team.channels.get(channel)?.kind === 'public' ? 'public' : 'private';
        kinds[kind] = { ...((kinds[kind] as Json | undefined) ?? {}), [channel]: [{ ts }] };
      }
      return { file: { ...fileOf(file, url()), ...(seen.length === 0 ? {} : { shares: kinds }) } };
    },
  },
  'files.delete': {
    scopes: ['files:write'],
    token: 'bot',
    perMinute: tier[3],
    required: ['file'],
    run({ team }, args) {
      const file = team.files.get(textOf(args.file));
      if (file === undefined) throw new Refusal('file_not_found');
      if (file.user !== team.bot.user) throw new Refusal('cant_delete_file');
      team.files.delete(file.id);
      for (const message of team.messages) message.files = message.files.filter((id) => id !== file.id);
      return {};
    },
  },
};

/** A file as the API and events give it. */
export function fileOf(file: StoredFile, url: string): Json {
  const mimetype = /\.mp4$/i.test(file.name)
    ? 'video/mp4'
    : /\.png$/i.test(file.name)
      ? 'image/png'
      : 'application/octet-stream';
  return {
    id: file.id,
    name: file.name,
    title: file.title,
    mimetype,
    size: file.length,
    user: file.user,
    mode: 'hosted',
    url_private: `${url}/files-pri/${file.id}/${encodeURIComponent(file.name)}`,
    url_private_download: `${url}/files-pri/${file.id}/download/${encodeURIComponent(file.name)}`,
  };
}

/** Files are shared only by members, whatever `chat:write.public` allows. */
function placeToShare({ team }: Shop, id: string) {
  const channel = placeToPost(team, id);
  if (!channel.members.has(team.bot.user)) throw new Refusal('not_in_channel');
  return channel;
}
