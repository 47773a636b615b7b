import type { Posted } from '../presenter/surface.ts';
import type { SlackClient } from './clients.ts';
import type { Clock } from './clock.ts';
import { refusalOf } from './trouble.ts';

/** Where a file stands: nowhere yet, uploaded and shared but not seen to be, or in a message. */
export type Sharing =
  | { state: 'not completed' }
  | { state: 'on its way' }
  | { state: 'shared'; message: string };

/** Asks Slack where a file was shared in a channel. */
export async function sharingOf(client: SlackClient, file: string, channel: string): Promise<Sharing> {
  const info = await client.files.info({ file }).catch((error: unknown) => {
    if (refusalOf(error) === 'file_not_found') return null;
    throw error;
  });
  if (info === null) return { state: 'not completed' };
  const { public: open = {}, private: closed = {} } = (info.file?.shares ?? {}) as Shares;
  const message = (open[channel] ?? closed[channel])?.[0]?.ts;
  return message === undefined ? { state: 'on its way' } : { state: 'shared', message };
}

type Shares = Partial<Record<'public' | 'private', Record<string, { ts?: string }[] | undefined>>>;

/** Waits until a completed file is seen in its message: Slack shares it behind our back, mostly within seconds. Null where it takes longer than `patience`
 * milliseconds. Every question counts, and so does every moment where films come one after the other: the first is asked when the last file of the workspace was
 * seen, and a little earlier each time until it is too early; the next come soon after it. */
export function watchShares(
  client: SlackClient,
  clock: Clock,
  patience: number,
): (
  file: string,
  place: Pick<Posted, 'channel' | 'thread'>,
  signal: AbortSignal | undefined,
) => Promise<Posted | null> {
  let usual = soonest;
  return async (file, { channel, thread }, signal) => {
    const begun = clock.now();
    const first = usual;
    for (let pause = first, asked = 1; ; asked++) {
      await clock.sleep(pause, signal);
      const sharing = await sharingOf(client, file, channel);
      const waited = clock.now() - begun;
      if (sharing.state === 'shared') {
        usual = Math.min(latest, Math.max(soonest, asked === 1 ? first * 0.95 : waited));
        return { channel, thread, message: sharing.message };
      }
      if (waited > patience) return null;
      pause = asked === 1 ? Math.max(soonest, first * 0.15) : Math.min(2000, pause * 1.6);
    }
  };
}

/** Milliseconds before the first question, and at least between two. */
const soonest = 100;
const latest = 4000;
