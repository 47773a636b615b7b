import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GenerateArguments } from '../../../dsl/arguments.ts';
import { createGenerate } from '../../../workers/generate.ts';
import { lookForMarks } from '../../../workers/mark/look.ts';
import { rateOf } from '../../../workers/storyboard/rate.ts';
import { createStoryboard } from '../../../workers/storyboard/storyboard.ts';
import { openStudio, type Studio } from '../studio.ts';
import { argumentsOf } from './picture.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio();
});
afterAll(() => studio[Symbol.asyncDispose]());

const small = { width: 128, height: 72, duration: 0.5, fps: 24 };
const make = (args: GenerateArguments, options: { signal?: AbortSignal } = {}) =>
  studio.run(
    createGenerate([createStoryboard({ media: studio.tools, prober: studio.prober })]),
    args,
    [],
    options,
  );

test.each([
  [0.5, 24, 12],
  [0.3, 25, 8],
  [1.02, 12.5, 13],
  [0.01, 24, 1],
  [0.2, 29.97, 6],
])('%f s at %f fps has exactly %i frames', async (duration, fps, frames) => {
  const made = await make(argumentsOf('fog over a lake', { ...small, duration, fps }));
  expect(made.facts).toMatchObject({ frames, width: 128, height: 72, codec: 'h264', pixelFormat: 'yuv420p' });
  expect(await studio.video(made.file)).toMatchObject({ frames, rate: rateOf(fps) });
});

test('the same statement gives the same file, byte for byte', async () => {
  const args = argumentsOf('a lighthouse at dusk, three boats and gulls', {
    ...small,
    color: { grain: 0.3 },
  });
  const [one, two] = [await make(args), await make(args)];
  expect((await readFile(one.file)).equals(await readFile(two.file))).toBe(true);
});

test('the key of the work is marked in the frames, where they are large enough', async () => {
  const made = await make(
    argumentsOf('fog over a lake', { ...small, width: 384, height: 216, duration: 0.1 }),
  );
  const [mark, ...more] = (await lookForMarks(
    studio.tools,
    { path: made.file, facts: made.facts },
    new AbortController().signal,
  ))!;
  expect({ mark, more }).toMatchObject({ mark: { payload: '0'.repeat(12), whole: true }, more: [] });
  expect(made.details.mark).toBe('0'.repeat(12));
  expect((await make(argumentsOf('fog', small))).details).not.toHaveProperty('mark');
});

test('says what it is, what it drew and what it could not draw', async () => {
  const made = await make(argumentsOf('an elephant, two boats and a violin at the sea', small));
  expect(made.notes).toEqual(['could not draw: elephant, violin']);
  expect(made.details).toMatchObject({
    engine: expect.stringMatching(/^storyboard \d+$/),
    procedural: true,
    seed: 3,
    setting: 'sea',
    drawn: ['2 boat'],
    undrawn: ['elephant', 'violin'],
  });
  expect(JSON.stringify(made)).not.toMatch(/\bAI\b/);
  expect(made.progress.at(-1)).toBeGreaterThan(0.9);
});

test('what the setting has no place for is named, not dropped', async () => {
  const made = await make(argumentsOf('a windmill and two boats in the desert', small));
  expect(made.notes).toEqual(['could not draw: boat']);
  expect(made.details).toMatchObject({ setting: 'desert', drawn: ['windmill'], undrawn: ['boat'] });
});

test('the LUT that is an input is used, and one that is missing is named', async () => {
  await expect(make(argumentsOf('a field', { ...small, color: { lut: true } }))).rejects.toMatchObject({
    kind: 'user',
    code: 'PQL436',
  });
});

test('a generator that is not there is named', async () => {
  await expect(make(argumentsOf('a field', { ...small, generator: 'oracle' }))).rejects.toMatchObject({
    message: expect.stringContaining('oracle'),
    hint: expect.stringContaining('storyboard'),
  });
});

test('cancelling in the middle leaves no process behind', async () => {
  const stop = new AbortController();
  const media = { ...studio.tools };
  const generator = createStoryboard({ media, prober: studio.prober });
  let aborted = 0;
  const work = generator.generate(argumentsOf('a city at night in rain', { ...small, duration: 120 }), {
    job: 'j1',
    workspace: 'w',
    group: 'g1',
    attempt: 1,
    inputs: [],
    scratch: studio.folder,
    exportRoot: studio.folder,
    signal: stop.signal,
    recipe: 'GENERATE "a city"',
    workKey: '0'.repeat(64),
    progress: () => {
      if (aborted === 0) {
        aborted = performance.now();
        stop.abort();
      }
    },
    log: () => {},
  });
  await expect(work).rejects.toMatchObject({ name: 'AbortError' });
  // Returning means that both children were waited for: the loop and the sink end only when they are gone.
  expect(aborted).toBeGreaterThan(0);
  const { children } = await childrenOf(process.pid);
  expect(children.filter((line) => line.includes('render-child'))).toEqual([]);
});

/** Command lines of a process's children; none where /proc is not there. */
async function childrenOf(pid: number): Promise<{ children: string[] }> {
  const pids = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const lines = pids
    .split(' ')
    .filter(Boolean)
    .map((child) => readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => ''));
  return { children: await Promise.all(lines) };
}
