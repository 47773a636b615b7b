import { once } from 'node:events';
import { startModule } from '../process/child.ts';
import type { ProvenanceAnswer, ProvenanceJob } from './job.ts';

/** Has one job done in a process of its own. A child that dies of a file, or takes longer than `limit` milliseconds, is a `problem`. */
export async function runChild(
  job: ProvenanceJob,
  { signal, limit = 600_000 }: { signal?: AbortSignal | undefined; limit?: number } = {},
): Promise<ProvenanceAnswer> {
  const late = AbortSignal.timeout(limit);
  const stop = signal === undefined ? late : AbortSignal.any([signal, late]);
  const child = startModule(new URL('./child', import.meta.url), [], {
    signal: stop,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const answered = once(child.process, 'message') as Promise<[ProvenanceAnswer]>;
  child.process.send(job);
  const answer = await Promise.race([
    answered.then(([said]) => said),
    child.ended.then(
      (): ProvenanceAnswer => ({ problem: late.aborted ? 'it took too long' : 'the library broke down' }),
    ),
  ]);
  // It has nothing left to lose, and the library's threads would be waited for.
  child.process.kill('SIGKILL');
  await child.ended;
  signal?.throwIfAborted();
  return answer;
}
