import { setTimeout as sleep } from 'node:timers/promises';
import type { Posted } from '../presenter/surface.ts';
import type { SlackClient } from './clients.ts';
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

/** Waits until a completed file is seen in its message: Slack shares it behind our back, mostly within seconds. Null where it takes longer than
 * `patience` milliseconds. */
export async function whenShared(
  client: SlackClient,
  file: string,
  { channel, thread }: Pick<Posted, 'channel' | 'thread'>,
  patience: number,
  signal?: AbortSignal,
): Promise<Posted | null> {
  const until = performance.now() + patience;
  for (let pause = 250; ; pause = Math.min(2000, pause * 1.6)) {
    const sharing = await sharingOf(client, file, channel);
    if (sharing.state === 'shared') return { channel, thread, message: sharing.message };
    if (performance.now() + pause > until) return null;
    await sleep(pause, undefined, signal === undefined ? {} : { signal });
  }
}
