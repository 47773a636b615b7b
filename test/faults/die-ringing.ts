import { submit } from '../../engine/jobs/submit.ts';
import { openServed } from '../../engine/served.ts';
import { askerIn, planOf } from '../fakes/plan.ts';

/** Submits one job to the database, queue server and home in its arguments and dies at the worst moment: `before-ring`, `after-ring`; or
 * listens, and dies when it has `heard`. Prints `listening` when it does. */
const [database, queueServer, home, moment] = process.argv.slice(2) as [string, string, string, string];
const parts = await openServed(database, home, { url: queueServer, trouble: console.error });
const die = () => process.kill(process.pid, 'SIGKILL');

if (moment === 'heard') {
  await parts.queue.listen('cpu', (job) => job !== null && die());
  console.log('listening');
  setInterval(() => {}, 1000);
} else {
  const deadly = {
    ...parts.queue,
    async ring(...words: Parameters<typeof parts.queue.ring>) {
      if (moment === 'before-ring') die();
      await parts.queue.ring(...words);
      // Closing waits until the ring has gone out.
      await parts.queue[Symbol.asyncDispose]();
      die();
    },
  };
  await submit({ ...parts, queue: deadly }, planOf({ a: {} }), askerIn('films'));
}
