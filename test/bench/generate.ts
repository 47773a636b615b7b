import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findTools, toolsOf } from '../../workers/ffmpeg/find.ts';
import { createProber } from '../../workers/ffmpeg/prober.ts';
import { startChild } from '../../workers/process/child.ts';
import { createStoryboard } from '../../workers/storyboard/storyboard.ts';
import { argumentsOf } from '../workers/storyboard/picture.ts';
import type { Measured } from './measured.ts';

const prompts = {
  sea: 'A lighthouse at dusk, three sailing boats, gulls and a woman on the pier',
  city: 'A rainy city street at night with people, a taxi and a bus',
};

/** CPU-seconds a frame at 1280×720: drawing, encoding and all their starting up, children included. */
export async function bench(): Promise<Measured[]> {
  const rows: Measured[] = [];
  for (const [name, prompt] of Object.entries(prompts)) {
    // A process of its own, so that only its children are counted.
    const child = startChild(process.execPath, [
      '--disable-warning=ExperimentalWarning',
      fileURLToPath(import.meta.url),
      prompt,
    ]);
    let said = '';
    child.process.stdout?.on('data', (text: Buffer) => {
      said += text.toString('utf8');
    });
    const { code } = await child.ended;
    if (code !== 0) throw new Error(`the bench of ${name} ended with ${code}`);
    rows.push({
      name: `GENERATE 1280×720 with encoding, ${name}`,
      value: Number(said),
      unit: 'CPU-s a frame',
      goal: '<= 0.25',
    });
  }
  return rows;
}

/** Makes three seconds and prints the CPU-seconds a frame of this process and all that it started and waited for. */
async function measure(prompt: string): Promise<void> {
  const media = toolsOf(await findTools({}));
  const scratch = await mkdtemp(join(tmpdir(), 'pql-bench-'));
  try {
    const made = await createStoryboard({ media, prober: createProber(media) }).generate(
      argumentsOf(prompt, {
        width: 1280,
        height: 720,
        duration: 3,
        camera: { move: null },
        color: { grain: null },
      }),
      {
        ...{
          job: 'j1',
          workspace: 'bench',
          group: 'g1',
          attempt: 1,
          inputs: [],
          scratch,
          exportRoot: scratch,
        },
        ...{ signal: new AbortController().signal, recipe: 'GENERATE "bench"', workKey: '0'.repeat(64) },
        ...{ progress: () => {}, log: () => {} },
      },
    );
    const frames = made.facts.kind === 'video' ? made.facts.frames : 0;
    process.stdout.write(String((await cpuSeconds()) / frames));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** utime, stime, cutime and cstime of proc(5), in ticks of 1/100 s. */
export async function cpuSeconds(): Promise<number> {
  const { readFile } = await import('node:fs/promises');
  const stat = await readFile('/proc/self/stat', 'utf8');
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  return (fields[11]! + fields[12]! + fields[13]! + fields[14]!) / 100;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await measure(process.argv[2] ?? prompts.sea);
