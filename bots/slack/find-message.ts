import type { Place } from '../presenter/ask.ts';
import type { Posted } from '../presenter/surface.ts';
import type { SlackClient } from './clients.ts';

/** What a message of ours carries that only apps see. */
export function keyMark(key: string): { event_type: string; event_payload: { key: string } } {
  return { event_type: 'watchai_card', event_payload: { key } };
}

/** Looks for a message with that key in the last thousand of a channel or thread, newest first. */
export async function findMessage(client: SlackClient, place: Place, key: string): Promise<Posted | null> {
  const { channel, thread } = place;
  let cursor: string | undefined;
  for (let page = 0; page < 5; page++) {
    const common = {
      channel,
      limit: 200,
      include_all_metadata: true,
      ...(cursor === undefined ? {} : { cursor }),
    };
    const { messages = [], response_metadata: more } =
      thread === null
        ? await client.conversations.history(common)
        : await client.conversations.replies({ ...common, ts: thread });
    const found = (messages as Marked[]).find(
      ({ metadata }) => metadata?.event_type === 'watchai_card' && metadata.event_payload?.key === key,
    );
    if (found?.ts !== undefined) return { channel, thread, message: found.ts };
    cursor = more?.next_cursor;
    if (!cursor) return null;
  }
  return null;
}

interface Marked {
  ts?: string;
  metadata?: { event_type?: string; event_payload?: { key?: unknown } };
}
