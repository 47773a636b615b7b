import { rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { startChild } from '../../workers/process/child.ts';
import type { Random } from '../../workers/storyboard/random.ts';
import { startedBy, stillAlive } from './processes.ts';
import type { Actor, Stage } from './stage.ts';

/** Something that goes wrong, and is right again when it returns. Answers what happened, and what should not have. */
export type Fault = (stage: Stage, random: Random) => Promise<{ what: string; wrong?: string }>;

/** Milliseconds within which whatever a process started has to be gone after it. */
const tail = 5000;

async function killedWith(actor: Actor): Promise<{ what: string; wrong?: string }> {
  const children = startedBy(actor.script?.pid ?? -1);
  await actor.end('SIGKILL');
  const alive = await stillAlive(children, tail);
  const what = `kill -9 ${actor.name}, with ${children.length} processes of its own`;
  return alive.length === 0 ? { what } : { what, wrong: `after kill -9 of ${actor.name} live on: ${alive}` };
}

const worker = (stage: Stage, random: Random) => random.pick(stage.workers);

/** Named as they are asked for on the command line. */
export const faults: Readonly<Record<string, Fault>> = {
  async 'worker-killed'(stage, random) {
    const one = worker(stage, random);
    const killed = await killedWith(one);
    await sleep(random.between(0, 2000));
    await one.start();
    return killed;
  },
  async 'worker-stopped'(stage, random) {
    const one = worker(stage, random);
    const milliseconds = Math.round(stage.lease * random.between(0.5, 2));
    one.script?.kill('SIGSTOP');
    await sleep(milliseconds);
    one.script?.kill('SIGCONT');
    return { what: `SIGSTOP ${one.name} for ${milliseconds} ms, with a lease of ${stage.lease} ms` };
  },
  async 'worker-drained'(stage, random) {
    const one = worker(stage, random);
    const status = await one.end('SIGTERM');
    await one.start();
    const what = `SIGTERM ${one.name}`;
    return status === 0 ? { what } : { what, wrong: `after SIGTERM ${one.name} ended with ${status}` };
  },
  async 'child-killed'(stage, random) {
    const one = worker(stage, random);
    const children = startedBy(one.script?.pid ?? -1);
    if (children.length === 0) return { what: `nothing runs in ${one.name}` };
    const pid = random.pick(children);
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
    return { what: `kill -9 of one of ${children.length} processes of ${one.name}` };
  },
  async 'queue-emptied'(stage) {
    const client = new Redis(stage.queue.url, { maxRetriesPerRequest: 3 });
    client.on('error', () => {});
    await client.flushall().catch(() => {});
    client.disconnect();
    return { what: 'FLUSHALL' };
  },
  async 'queue-killed'(stage, random) {
    const milliseconds = Math.round(random.between(0, 3000));
    await stage.queue.kill();
    await sleep(milliseconds);
    await stage.queue.restart();
    return { what: `kill -9 of the queue server, empty again after ${milliseconds} ms` };
  },
  async 'queue-silent'(stage) {
    stage.ways.queue.silence();
    return { what: 'every connection to the queue server fell silent' };
  },
  async 'database-killed'(stage) {
    await stage.database.crash();
    return { what: 'kill -9 of the database, started again' };
  },
  async 'database-silent'(stage) {
    stage.ways.database.silence();
    return { what: 'every connection to the database fell silent' };
  },
  /** Only where everything stands on a small disk of its own: see small-disk.ts. */
  async 'disk-filled'(stage, random) {
    const filler = join(stage.folder, 'filler');
    const milliseconds = Math.round(random.between(500, 4000));
    // Until nothing more fits, whoever else writes meanwhile.
    await startChild('dd', ['if=/dev/zero', `of=${filler}`, 'bs=64k'], { stdio: 'ignore' }).ended;
    const { size } = await stat(filler);
    await truncate(filler, Math.max(0, size - random.whole(0, 200_000)));
    await sleep(milliseconds);
    await rm(filler);
    return { what: `the disk was full for ${milliseconds} ms` };
  },
  async 'askers-killed'(stage) {
    const killed = await killedWith(stage.askers);
    await stage.askers.start();
    return killed;
  },
};
