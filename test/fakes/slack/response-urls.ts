import { checkBlocks } from './check-blocks.ts';
import { isJson, type Json, listOf, textOf } from './json.ts';
import type { Message, Team } from './team.ts';

/** Where the answers to one interaction can be sent: five times, within half an hour. */
export interface ResponseUrls {
  /** `message` is what was pressed on. */
  give(place: { user: string; channel: string; message: Message | null }): string;
  gave(id: string): boolean;
  /** The status and the body of the answer. */
  answer(id: string, body: Json): { status: number; body: string };
}

export function createResponseUrls(team: Team, url: () => string): ResponseUrls {
  const given = new Map<
    string,
    { user: string; channel: string; message: Message | null; at: number; uses: number }
  >();
  const refuse = (error: string) => ({ status: 404, body: JSON.stringify({ ok: false, error }) });
  return {
    give(place) {
      const id = team.id_('R');
      given.set(id, { ...place, at: team.now(), uses: 0 });
      return `${url()}/response/${id}`;
    },
    gave: (id) => given.has(id),
    answer(id, body) {
      const place = given.get(id);
      if (place === undefined) return refuse('invalid_url');
      if (team.now() - place.at > 1_800_000) return refuse('expired_url');
      if (++place.uses > 5) return refuse('used_url');
      const blocks = listOf(body.blocks);
      const wrong = checkBlocks(blocks, 'message');
      if (wrong.length > 0) return { status: 400, body: 'invalid_blocks' };
      const { message } = place;
      if (body.delete_original === true) {
        if (message !== null) team.messages.splice(team.messages.indexOf(message), 1);
        return { status: 200, body: 'ok' };
      }
      if (textOf(body.text) === '' && blocks.length === 0) return { status: 500, body: 'no_text' };
      if (body.replace_original === true && message !== null) {
        message.before.push({ text: message.text, blocks: message.blocks });
        Object.assign(message, { text: textOf(body.text), blocks });
        return { status: 200, body: 'ok' };
      }
      team.messages.push(said(team, place.user, place.channel, body));
      return { status: 200, body: 'ok' };
    },
  };
}

/** What an answer in the body of an acknowledgement or at a response URL shows. */
export function said(team: Team, user: string, channel: string, body: Json): Message {
  return {
    channel,
    ts: team.ts(),
    thread: typeof body.thread_ts === 'string' ? body.thread_ts : null,
    user: team.bot.user,
    text: textOf(body.text),
    blocks: listOf(body.blocks),
    metadata: isJson(body.metadata) ? body.metadata : null,
    files: [],
    onlyFor: body.response_type === 'in_channel' ? null : user,
    before: [],
  };
}
