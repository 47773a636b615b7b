import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openEmbedded } from '../../engine/embedded.ts';
import { submit } from '../../engine/jobs/submit.ts';
import { watch } from '../../engine/jobs/watch.ts';
import { openLog } from '../../engine/log.ts';
import { recordArtifact } from '../../engine/media.ts';
import { createExport } from '../../workers/export.ts';
import type { Handler } from '../../workers/handler.ts';
import { startLanes } from '../../workers/lanes.ts';
import { freshDatabase } from '../fakes/database.ts';
import { askerIn, planOf, textFacts } from '../fakes/plan.ts';

// Maps over a list of 200 things in the home named on the command line, at most four at a time, each written to a file of its own. Prints `half`
// when half of them are written, and how many ran at the same time at most when all are.
const [folder = '', mode = ''] = process.argv.slice(2);
const home = await openEmbedded(join(folder, 'home'), { template: freshDatabase });
const throttle = { name: 'm1', most: 4 };
const things = 200;

const text = async (desk: Parameters<Handler>[1], content: string) => {
  const file = join(desk.scratch, 'text');
  await writeFile(file, content);
  return { file, kind: 'text' as const, facts: textFacts, notes: [], details: {} };
};
let running = 0;
let most = 0;
let written = 0;
const counted =
  (handler: Handler): Handler =>
  async (args, desk) => {
    most = Math.max(most, ++running);
    await sleep(3);
    try {
      return await handler(args, desk);
    } finally {
      running--;
    }
  };
const write = createExport() as Handler;
const lanes = await startLanes(home, {
  handlers: {
    probe: async (_, desk) => ({
      ...(await text(desk, 'list')),
      details: { items: Array.from({ length: things }, (_, index) => ({ from: index, until: index + 1 })) },
    }),
    // What is cut out of a film is a film, as far as anybody looks.
    trim: counted(async (args, desk) => ({
      ...(await text(desk, `part ${args.from}`)),
      kind: 'video' as const,
    })),
    export: counted(async (args, desk) => {
      const done = await write(args, desk);
      if (++written === things / 2) console.log('half');
      return done;
    }),
  },
  slots: { cpu: 9 },
  scratch: home.scratch,
  worker: 'fault',
  log: openLog({ level: 'error', sink: (line) => process.stderr.write(line), now: Date.now }),
});
if (mode === 'begin') {
  const whole = join(folder, 'film');
  await writeFile(whole, 'film');
  const { hash, bytes } = await home.artifacts.put(whole);
  await recordArtifact(home.store, { hash, bytes, kind: 'text', facts: textFacts });
  const telling = { verb: '', prompt: null, clauses: [], lines: [] };
  await submit(
    home,
    planOf({
      list: {
        grows: {
          whole: { role: 'operand', from: 'artifact', hash, kind: 'text', facts: textFacts },
          label: 'v1',
          recipe: { body: null, source: '"film.mp4"', stages: 0, lines: [] },
          each: [
            {
              ...{
                id: 'e1',
                operation: 'export',
                version: 1,
                arguments: { path: 'out/{n}.txt', overwrite: false },
              },
              ...{
                models: [],
                lane: 'cpu',
                gives: null,
                effect: true,
                name: null,
                statement: 0,
                predicted: null,
              },
              ...{ title: 'TO out/{n}.txt', inputs: [{ role: 'operand', from: 'item' }], telling, throttle },
            },
          ],
          groups: null,
          throttle,
          statement: 0,
        },
      },
    }),
    { ...askerIn('w'), exportRoot: folder },
  );
}
for await (const event of watch(home, 1))
  if (event.type === 'done') console.log(`${event.state}, at most ${most}`);
await lanes[Symbol.asyncDispose]();
await home[Symbol.asyncDispose]();
