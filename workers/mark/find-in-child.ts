import { Failure } from '../../engine/failure.ts';
import { startModule } from '../process/child.ts';
import type { ChildSaid, Looked } from './child.ts';
import type { Found } from './find.ts';

/** Finds marks in a process of its own, which is sent pictures by `give` and keeps them until there are no more. `tall` is how tall the pixels of the pictures are for
 * their width, as they were before they were stretched. */
export async function findInChild(
  tall: number,
  signal: AbortSignal,
  give: (take: (picture: Uint8Array) => void) => Promise<void>,
): Promise<Found[]> {
  signal.throwIfAborted();
  const child = startModule(new URL('./child', import.meta.url), [], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    signal,
  });
  const answer = new Promise<Found[]>((resolve) =>
    child.process.once('message', (found) => resolve(found as ChildSaid)),
  );
  // A child that is gone is reported by its ending.
  const say = (said: Looked) => void child.process.send(said, () => {});
  try {
    await give(say);
    say({ tall });
    return await Promise.race([answer, child.ended.then(stopped)]);
  } finally {
    child.process.kill('SIGKILL');
    await child.ended.catch(() => {});
    signal.throwIfAborted();
  }
}

function stopped(): never {
  throw new Failure('transient', 'PQL642', 'the process that looks for marks was killed', {
    hint: 'it is tried again; if it happens often the machine may be short of memory',
  });
}
