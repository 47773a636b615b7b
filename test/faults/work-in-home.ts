import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { catalogue } from '../../dsl/catalogue.ts';
import { createCommands } from '../../engine/commands/commands.ts';
import { openEmbedded } from '../../engine/embedded.ts';
import { submit } from '../../engine/jobs/submit.ts';
import { watch } from '../../engine/jobs/watch.ts';
import { openLog } from '../../engine/log.ts';
import type { Handler } from '../../workers/handler.ts';
import { startLanes } from '../../workers/lanes.ts';
import { startChild } from '../../workers/process/child.ts';
import { freshDatabase } from '../fakes/database.ts';
import { askerIn, planOf, textFacts } from '../fakes/plan.ts';

// Works in the home named on the command line until it is killed. Prints a line for everything that its test waits for.
const [folder = '', mode = ''] = process.argv.slice(2);
const home = await openEmbedded(folder, { template: freshDatabase });
const die = () => process.kill(process.pid, 'SIGKILL');
/** REMOVE t1, and dead before or after the file is unlinked, in either case before that is committed. */
const removing = mode === 'die-before-unlink' || mode === 'die-after-unlink';
const removingParts = {
  ...home,
  artifacts: {
    ...home.artifacts,
    async remove(hash: string) {
      if (mode === 'die-after-unlink') await home.artifacts.remove(hash);
      die();
    },
  },
};
const parts =
  mode === 'die-before-commit'
    ? {
        ...home,
        artifacts: {
          ...home.artifacts,
          async put(file: string) {
            const put = await home.artifacts.put(file);
            if (file.includes('last')) process.kill(process.pid, 'SIGKILL');
            return put;
          },
        },
      }
    : home;

const make: Handler = async (args, desk) => {
  const file = join(desk.scratch, `${args.of}.txt`);
  await writeFile(file, `made of ${args.of}`);
  return { file, kind: 'text', facts: textFacts, notes: [], details: {} };
};
/** Keeps a native process busy, half of its result written. */
const native: Handler = async (_, desk) => {
  await writeFile(join(desk.scratch, 'half.mp4'), 'half');
  const child = startChild('sleep', ['600'], { signal: desk.signal });
  console.log(`child ${child.process.pid}`);
  await child.ended;
  throw new Error('stopped');
};
/** Takes the whole program down with it. */
const poison: Handler = async () => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise<never>(() => {});
};

const log = openLog({ level: 'error', sink: (line) => process.stderr.write(line), now: Date.now });
const begin = () =>
  startLanes(parts, {
    handlers: { probe: make, trim: native, grade: poison },
    slots: { cpu: 1 },
    scratch: home.scratch,
    worker: 'fault',
    log,
  });
console.log('open');

if (mode === 'submit')
  for (let n = 1; ; n++) {
    const steps = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`s${n}-${i}`, {}]));
    const { number } = await submit(parts, planOf(steps), askerIn('w'));
    console.log(`g${number}`);
  }
if (mode === 'native')
  await submit(parts, planOf({ a: {}, b: { operation: 'trim', reads: ['a'] } }), askerIn('w'));
if (mode === 'die-before-commit')
  await submit(parts, planOf({ a: {}, last: { reads: ['a'] } }), askerIn('w'));
if (removing) {
  const { run } = await submit(parts, planOf({ a: {} }), askerIn('w'));
  const lanes = await begin();
  for await (const _ of watch(parts, run));
  await lanes[Symbol.asyncDispose]();
  const command = createCommands({
    parts: removingParts,
    catalogue,
    abilities: { models: [], defaultModels: {}, generators: [] },
    settings: [],
  });
  const told = { operation: 'remove', subject: '', arguments: { target: 't1' }, destructive: true, text: '' };
  await command(told, askerIn('w'), { confirmed: true });
}
if (mode === 'poison') await submit(parts, planOf({ a: { operation: 'grade' } }), askerIn('w'));
if (mode !== 'resume' || process.argv[4] !== undefined) await begin();
if (mode === 'resume') {
  for await (const event of watch(parts, Number(process.argv[4]))) console.log(JSON.stringify(event));
  process.exit(0);
}
setInterval(() => {}, 1000);
