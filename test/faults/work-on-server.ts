import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLog } from '../../engine/log.ts';
import { openServed } from '../../engine/served.ts';
import type { Desk, Handler } from '../../workers/handler.ts';
import { startLanes } from '../../workers/lanes.ts';
import { startChild } from '../../workers/process/child.ts';
import { textFacts } from '../fakes/plan.ts';

// A worker on the database and in the home named on the command line, until it is killed. Prints what becomes of its jobs.
const [url = '', folder = '', worker = '', hours = '0'] = process.argv.slice(2);
if (hours !== '0') {
  const right = Date.now;
  const off = Number(hours) * 3_600_000;
  Date.now = () => right() + off;
  const Right = Date;
  globalThis.Date = class extends Right {
    constructor(...given: unknown[]) {
      super(...((given.length === 0 ? [right() + off] : given) as [number]));
    }
  } as DateConstructor;
}
const parts = await openServed(url, folder);

const made = async (desk: Desk, text: string) => {
  const file = join(desk.scratch, 'made.txt');
  await writeFile(file, text);
  return { file, kind: 'text' as const, facts: textFacts, notes: [], details: {} };
};
/** The worker `first` is held up by some jobs, each in its own way, until this is there; whoever tries again makes it at once. */
const release = join(folder, 'release');
const handlers: Record<string, Handler> = {
  probe: async (args, desk) => made(desk, `made of ${args.of}`),
  export: async (args) => ({ path: `/out/${args.of}`, notes: [] }),
  /** Waits without a look at its signal. */
  trim: async (_, desk) => {
    while (worker === 'first' && !existsSync(release)) await sleep(20);
    return made(desk, 'slow');
  },
  /** Lets nothing else of the process run. */
  grade: async (_, desk) => {
    const nobody = new Int32Array(new SharedArrayBuffer(4));
    while (worker === 'first' && !existsSync(release)) Atomics.wait(nobody, 0, 0, 20);
    return made(desk, 'blocked');
  },
  /** Native work. */
  stitch: async (_, desk) => {
    const child = startChild('sleep', ['600'], { signal: desk.signal });
    console.log(`child ${child.process.pid}`);
    await child.ended;
    throw new Error('stopped');
  },
  /** Much to write. */
  measure: async (args, desk) => {
    const file = join(desk.scratch, 'large.txt');
    await writeFile(file, Buffer.alloc(60_000_000, String(args.of)));
    return { file, kind: 'text', facts: textFacts, notes: [], details: {} };
  },
};
const artifacts = {
  ...parts.artifacts,
  put(file: string, signal?: AbortSignal) {
    if (file.endsWith('large.txt')) console.log('writing');
    return parts.artifacts.put(file, signal);
  },
};
await startLanes(
  { ...parts, artifacts },
  {
    ...{ handlers, worker, scratch: parts.scratch, slots: { cpu: 2 }, deaf: true },
    ...{ lease: 1500, beat: 100 },
    about: {
      ...{ host: 'test', pid: process.pid },
      can: {
        operations: Object.fromEntries(Object.keys(handlers).map((name) => [name, 1])),
        ...{ models: [], provider: null },
      },
    },
    told(news) {
      if (news.type === 'started') console.log(`started ${news.job.operation}`);
      if (news.type === 'ended') console.log(`ended ${news.job.operation} ${news.ending?.how}`);
    },
    log: openLog({ level: 'silent', sink: () => {}, now: Date.now }),
  },
);
console.log('open');
