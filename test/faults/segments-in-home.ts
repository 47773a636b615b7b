import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { VideoFacts } from '../../dsl/facts.ts';
import { openEmbedded } from '../../engine/embedded.ts';
import { submit } from '../../engine/jobs/submit.ts';
import { watch } from '../../engine/jobs/watch.ts';
import { openLog } from '../../engine/log.ts';
import { recordArtifact } from '../../engine/media.ts';
import type { Handler } from '../../workers/handler.ts';
import { startLanes } from '../../workers/lanes.ts';
import { startChild } from '../../workers/process/child.ts';
import { freshDatabase } from '../fakes/database.ts';
import { askerIn, planOf } from '../fakes/plan.ts';

// Grades a long film in the home named on the command line, two segments at a time. In the mode `begin` the fourth keeps a native process
// busy for ever, half of its result written. Prints what runs, and how it ended.
const [folder = '', mode = ''] = process.argv.slice(2);
const home = await openEmbedded(join(folder, 'home'), { template: freshDatabase });
const film: VideoFacts = {
  ...{ kind: 'video', container: 'mp4', bytes: 4, duration: 36, frames: 864, width: 1920, height: 1080 },
  ...{ rate: { num: 24, den: 1 }, codec: 'h264', pixelFormat: 'yuv420p', rotation: 0, audio: null },
};

const grade: Handler = async (args, desk) => {
  const file = join(desk.scratch, 'made');
  const { from = 0, to = 864 } = (args.part ?? {}) as { from?: number; to?: number };
  const segments = desk.inputs.filter(({ role }) => role === 'segment');
  console.log(args.part ? `segment ${from}` : `join of ${segments.length}`);
  if (mode === 'begin' && from === 432) {
    await writeFile(file, 'half');
    const child = startChild('sleep', ['600'], { signal: desk.signal });
    console.log(`child ${child.process.pid}`);
    await child.ended;
  }
  const text = args.part
    ? `frames ${from} to ${to}\n`
    : (await Promise.all(segments.map(({ path }) => readFile(path, 'utf8')))).join('');
  await writeFile(file, text);
  return { file, kind: 'video', facts: { ...film, frames: to - from }, notes: [], details: {} };
};

const lanes = await startLanes(home, {
  ...{
    handlers: { grade },
    slots: { cpu: mode === 'begin' ? 1 : 2 },
    scratch: home.scratch,
    worker: 'fault',
  },
  log: openLog({ level: 'error', sink: (line) => process.stderr.write(line), now: Date.now }),
});
if (mode === 'begin') {
  const whole = join(folder, 'film');
  await writeFile(whole, 'film');
  const { hash, bytes } = await home.artifacts.put(whole);
  await recordArtifact(home.store, { hash, bytes, kind: 'video', facts: film });
  await submit(
    home,
    planOf({
      s1: {
        operation: 'grade',
        arguments: { exposure: 1 },
        gives: 'video',
        title: 'GRADE v1',
        reads: [hash],
      },
    }),
    askerIn('w'),
  );
}
for await (const event of watch(home, 1)) if (event.type === 'done') console.log(event.state);
await lanes[Symbol.asyncDispose]();
await home[Symbol.asyncDispose]();
