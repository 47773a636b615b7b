import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan } from '../../dsl/plan.ts';
import { type Embedded, openEmbedded } from '../../engine/embedded.ts';
import type { Engine } from '../../engine/engine.ts';
import { retry } from '../../engine/jobs/retry.ts';
import { openLog } from '../../engine/log.ts';
import { openEngine } from '../../engine/open.ts';
import { startLanes } from '../../workers/lanes.ts';
import { freshDatabase } from '../fakes/database.ts';
import { explaining } from '../fakes/explaining.ts';
import { askerIn, planOf, textFacts } from '../fakes/plan.ts';

// Works on the small disk named on the command line, fills it again and again, and prints what then happens.
const [disk = ''] = process.argv.slice(2);
const filler = join(disk, 'filler');
const fill = (leave: number) => {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - leave)));
};
const say = (what: string, value: unknown) => console.log(`${what}: ${value}`);
const words = (error: unknown) => (error as Error).message.replaceAll(disk, 'DISK');
const asker = askerIn('w');
const notAsked = () => Promise.reject(new Error('not asked'));
const engineOf = (parts: Embedded): Engine =>
  openEngine(parts, {
    compile: notAsked,
    command: notAsked,
    takeIn: async () => {},
    explaining: explaining(),
  });
const groups = async (parts: Embedded) =>
  (await parts.store.query<{ n: number }>('select count(*) as n from runs'))[0]?.n;
const end = async (engine: Engine, group: string) => {
  const said: string[] = [];
  for await (const event of engine.watch(group, asker))
    if (event.type === 'failed') said.push(event.message);
    else if (event.type === 'done') said.push(event.state);
  return said.join(', ');
};

let parts = await openEmbedded(join(disk, 'home'), { template: freshDatabase });
let engine = engineOf(parts);
const lanes = await startLanes(parts, {
  handlers: {
    probe: async (_, desk) => {
      const file = join(desk.scratch, 'large');
      await writeFile(file, Buffer.alloc(8_000_000));
      return { file, kind: 'text', facts: textFacts, notes: [], details: {} };
    },
  },
  slots: { cpu: 1 },
  scratch: parts.scratch,
  worker: 'fault',
  log: openLog({ level: 'silent', sink: () => {}, now: Date.now }),
});

fill(1_000_000);
const { group } = await engine.submit(planOf({ a: {} }), asker);
say('a job on a full disk', await end(engine, group));
rmSync(filler);
await retry(parts, 1);
say('after RETRY with room', await end(engine, group));
await lanes[Symbol.asyncDispose]();

fill(100_000);
const large = (n: number): Plan =>
  planOf(Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`s${n}-${i}`, { lane: 'gpu' }])));
let accepted = 1;
try {
  for (let n = 0; n < 100; n++) {
    await engine.submit(large(n), asker);
    accepted++;
  }
} catch (error) {
  say('a statement on a full disk', words(error));
}
say('nothing half accepted', (await groups(parts)) === accepted);
rmSync(filler);
await engine.submit(large(1000), asker);
accepted++;
say('with room again', (await groups(parts)) === accepted);

fill(100_000);
try {
  for (let n = 0; n < 200; n++)
    await parts.store.query(`select pg_logical_emit_message(true, 'x', repeat('x', 1000000))`);
} catch {
  try {
    await engine.submit(large(2000), asker);
  } catch (error) {
    say('when the log of changes has no room', words(error));
  }
}
await parts[Symbol.asyncDispose]();
rmSync(filler);
fill(100_000);
await openEmbedded(join(disk, 'home')).catch((error) => say('opening on a full disk', words(error)));
rmSync(filler);
parts = await openEmbedded(join(disk, 'home'));
engine = engineOf(parts);
say('opened again with room, nothing lost', (await groups(parts)) === accepted);
await parts[Symbol.asyncDispose]();
