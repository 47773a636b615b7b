import { expect, test } from 'vitest';
import type { Plan, Step } from '../../dsl/plan.ts';
import { print } from '../../dsl/print.ts';
import { clip, sampleWorld } from '../fakes/world.ts';
import { compiled } from './compiling.ts';

function planOf(source: string, world = sampleWorld()): Plan {
  const { plan, diagnostics } = compiled(source, world);
  expect(diagnostics).toEqual([]);
  return plan!;
}

const operationsOf = (plan: Plan): string[] => plan.steps.map(({ operation }) => operation);

test('a pipe and parentheses feed the earlier stage as first operand', () => {
  const [generate, enhance] = planOf('GENERATE "fog" | ENHANCE UPSCALE 2x').steps;
  expect(enhance!.inputs).toEqual([{ role: 'operand', from: 'step', step: generate!.id }]);
  const nested = planOf('ENHANCE (GENERATE "fog") UPSCALE 2x');
  expect(nested.steps.map(({ arguments: args }) => args)).toEqual([generate!.arguments, enhance!.arguments]);
});

test('a pipe into STITCH stands before its own operands', () => {
  const { steps } = planOf('GENERATE "fog" | STITCH v1');
  expect(steps[1]!.inputs.map(({ from }) => from)).toEqual(['step', 'artifact']);
});

test('a range becomes one TRIM, shared by everybody who asks for the same part', () => {
  const plan = planOf('STITCH v3[2s..6s] + v3[2s..6s]; ENHANCE v3[2s..6s] UPSCALE 2x; TRIM v3[2s..6s]');
  expect(operationsOf(plan)).toEqual(['trim', 'stitch', 'enhance']);
  expect(plan.steps[0]!.arguments).toEqual({ from: 2, to: 6 });
});

test('equal work is one step; two names keep two', () => {
  expect(operationsOf(planOf('GENERATE "a"; GENERATE "a" DURATION 4s; generate "a" size 720p'))).toEqual([
    'generate',
  ]);
  expect(planOf('GENERATE "a"; GENERATE "a" AS x').steps.map(({ name }) => name)).toEqual(['x']);
  expect(planOf('GENERATE "a" AS x; GENERATE "a" AS y').steps.map(({ name }) => name)).toEqual(['x', 'y']);
});

test('TO, ? and NOTIFY are effects on what was made', () => {
  const { steps } = planOf(
    'GENERATE "a" NOTIFY https://example.org/n TO out/a.mp4 ? https://example.org/u OVERWRITE',
  );
  expect(steps.map(({ operation, lane, effect, gives }) => [operation, lane, effect, gives])).toEqual([
    ['generate', 'cpu', false, 'video'],
    ['export', 'cpu', true, null],
    ['deliver', 'net', true, null],
    ['notify', 'net', true, null],
  ]);
  expect(steps[1]!.arguments).toEqual({ path: 'out/a.mp4', overwrite: true });
  for (const step of steps.slice(1))
    expect(step.inputs).toEqual([{ role: 'operand', from: 'step', step: 's1' }]);
});

test('names of the script come before those of the workspace, and _ is the last result', () => {
  const { steps } = planOf('GENERATE "a" AS hd; ENHANCE hd UPSCALE 2x; TRIM _[1s..2s]');
  expect(steps[1]!.inputs[0]).toMatchObject({ from: 'step', step: 's1' });
  expect(steps[2]!.inputs[0]).toMatchObject({ from: 'step', step: 's2' });
  expect(planOf('TRIM _[1s..2s]').steps[0]!.inputs[0]).toMatchObject({ from: 'artifact' });
});

test('a name may be taken over by what is made from it', () => {
  expect(planOf('ENHANCE hd UPSCALE 2x AS hd; TRIM hd[1s..2s]').steps[1]!.inputs[0]).toMatchObject({
    from: 'step',
  });
});

test('a LUT is an input with its own role', () => {
  expect(planOf('GRADE v1 LUT "film.cube"').steps[0]!.inputs.map(({ role }) => role)).toEqual([
    'operand',
    'lut',
  ]);
  expect(planOf('GENERATE "a" COLOR (lut "film.cube")').steps[0]!.inputs.map(({ role }) => role)).toEqual([
    'lut',
  ]);
});

test('a seed comes from the prompt, so that equal statements are equal work', () => {
  const seed = (source: string): unknown => planOf(source).steps[0]!.arguments.seed;
  expect(seed('GENERATE "a"')).toBe(seed('GENERATE "a" DURATION 9s'));
  expect(seed('GENERATE "a"')).not.toBe(seed('GENERATE "b"'));
  expect(seed('GENERATE "a" SEED 4294967295')).toBe(4294967295);
});

test('the default network does it unless it cannot or another is named', () => {
  const model = (source: string): unknown => planOf(source).steps[0]!.models[0]!.name;
  expect(model('ENHANCE v1 UPSCALE 2x')).toBe('esrgan-slim');
  expect(model('ENHANCE v1 UPSCALE 4x USING realesr-animevideov3')).toBe('realesr-animevideov3');
  const world = sampleWorld({ defaultModels: { upscale: 'realesr-animevideov3', interpolate: 'rife-4.6' } });
  expect(planOf('ENHANCE v1 UPSCALE 2x', world).steps[0]!.models[0]!.name).toBe('esrgan-slim');
});

test('predicts what is made, to the frame', () => {
  const predicted = (source: string): Step['predicted'] => planOf(source).steps.at(-1)!.predicted;
  expect(predicted('GENERATE "a" DURATION 2.5s FPS 29.97fps')).toMatchObject({
    frames: 75,
    rate: { num: 30000, den: 1001 },
  });
  expect(predicted('TRIM v3 FROM 1s')).toMatchObject({ frames: 168, duration: 7 });
  expect(predicted('ENHANCE v3 UPSCALE 2x INTERPOLATE 60fps')).toMatchObject({
    width: 2560,
    height: 1440,
    frames: 480,
  });
  expect(predicted('STITCH v3 + v1 TRANSITION fade 0.5s')).toMatchObject({ duration: 17.5, frames: 420 });
});

test('what is analysed runs with the rest, and is told after it with all that it needs', () => {
  const { before, plan, after } = compiled(
    'SHOW JOBS; GENERATE "a" AS x; EXPLAIN ANALYZE ENHANCE x UPSCALE 2x TO b.mp4; TRIM _[1s..2s]; SHOW VIDEOS',
  );
  expect(before).toMatchObject([{ type: 'command' }]);
  expect(operationsOf(plan!)).toEqual(['generate', 'enhance', 'export', 'trim']);
  expect(after).toMatchObject([
    { type: 'analyze', text: 'ENHANCE x UPSCALE 2x TO b.mp4;\n' },
    { type: 'command' },
  ]);
  expect(after[0]!.type === 'analyze' && operationsOf(after[0]!.plan)).toEqual([
    'generate',
    'enhance',
    'export',
  ]);
});

test('explains a statement with all that it needs, and runs nothing of it', () => {
  const { plan, before, after } = compiled(
    'GENERATE "a" AS x; SHOW JOBS; EXPLAIN ENHANCE x UPSCALE 2x TO b.mp4',
  );
  expect(operationsOf(plan!)).toEqual(['generate']);
  expect(before).toEqual([]);
  const [show, explain] = after;
  expect(show).toMatchObject({ type: 'command', command: { text: 'SHOW JOBS' } });
  expect(explain).toMatchObject({ type: 'explain', command: null, text: 'ENHANCE x UPSCALE 2x TO b.mp4;\n' });
  expect(explain!.type === 'explain' && operationsOf(explain!.plan!)).toEqual([
    'generate',
    'enhance',
    'export',
  ]);
});

test('commands before the work come before it, the others after', () => {
  const { before, after } = compiled('SHOW JOBS; GENERATE "a"; CREDITS; EXPLAIN REMOVE v12');
  expect(before.map((item) => item.type === 'command' && item.command.operation)).toEqual(['show']);
  expect(after).toMatchObject([
    { command: { operation: 'credits' } },
    { type: 'explain', plan: null, command: { destructive: true } },
  ]);
});

test('with one problem nothing runs', () => {
  const { plan, before, after } = compiled('SHOW JOBS; GENERATE "a"; ENHANCE nobody UPSCALE 2x');
  expect([plan, before, after]).toEqual([null, [], []]);
});

const chains = [
  'GENERATE "say \\"hi\\" (loud); -- no" | ENHANCE UPSCALE 2x',
  'STITCH v12 + v19[2s..6s] + (GENERATE "x" | TRIM FROM 250ms UNTIL 2s) TRANSITION fade 0.5s',
  'TRIM v12[1m..1m30s]',
  'GRADE "clips/run.mp4" LUT "film.cube" SHUTTER 1/48s EXPOSURE -0.5',
  'STITCH v12 + "clips/run.mp4" SIZE 4K FPS 23.976fps FIT crop',
];

test.each(chains)('a recipe is PQL again and tells the same: %s', (source) => {
  const fog = 'GENERATE "fog" DURATION 100s SIZE 1280x720 FPS 24fps SEED 5 USING storyboard';
  const long = clip('v12', { duration: 100 }, `${fog}\n-- watchai 0.1.0 · seed 5 · engine storyboard`);
  const world = sampleWorld();
  const rich = sampleWorld({ media: new Map([...world.media, ['v12', long]]) });
  const { recipe } = planOf(source, rich).steps.at(-1)!;
  const table = world.files.get('film.cube')!;
  const files = new Map(
    [...recipe.matchAll(/"([^" ]*)"/g)].map(([, name]) => [name!, name === 'film.cube' ? table : clip(null)]),
  );
  const again = compiled(recipe, sampleWorld({ files }));
  expect(again.diagnostics).toEqual([]);
  expect(again.plan!.steps.at(-1)!.recipe).toBe(recipe);
  expect(print(again.script).trim()).toBe(`${recipe.split('\n')[0]};`);
});

test('comments of inputs stand once, at the end', () => {
  const { recipe } = planOf('STITCH v12 + v12 + (ENHANCE v12 UPSCALE 2x)').steps.at(-1)!;
  const lines = recipe.split('\n');
  expect(lines[0]).not.toContain('--');
  expect(lines.slice(1)).toEqual([
    '-- watchai 0.1.0 · seed 5 · engine storyboard',
    `-- watchai 0.1.0 · model esrgan-slim ${'a'.repeat(12)}`,
  ]);
});

test.each([
  'GENERATE "a") + v1',
  'GENERATE "a"; REMOVE v12',
  'GENERATE "a',
  '-- only a comment',
  'GENERATE "a" TO x.mp4',
  'GENERATE "a" -- x',
])('does not believe a recipe that came with a file: %s', (recipe) => {
  const world = sampleWorld({ media: new Map([['v1', clip('v1', {}, recipe)]]) });
  expect(planOf('ENHANCE v1 UPSCALE 2x', world).steps[0]!.recipe.split('\n')[0]).toBe(
    'ENHANCE "v1" UPSCALE 2x USING esrgan-slim',
  );
});

test('recipes of doubling scripts stay small', () => {
  const lines = Array.from({ length: 40 }, (_, index) => `STITCH c${index}x + c${index}x AS c${index + 1}x;`);
  const { steps } = planOf(['GENERATE "a" AS c0x;', ...lines].join('\n'));
  expect(Math.max(...steps.map(({ recipe }) => recipe.length))).toBeLessThan(40_000);
});

test('a chain of thousands is planned without a deep stack', () => {
  const lines = Array.from(
    { length: 5_000 },
    (_, index) => `GRADE n${index}x CONTRAST 1% AS n${index + 1}x;`,
  );
  const source = ['GENERATE "a" AS n0x;', ...lines, 'EXPLAIN TRIM n5000x[1s..2s];'].join('\n');
  const { plan, after } = compiled(source);
  expect(plan!.steps).toHaveLength(5_001);
  expect(after[0]!.type === 'explain' && after[0]!.plan!.steps.length).toBe(5_002);
});

test('of thousands of problems the first two hundred are told and the rest is counted', () => {
  const { diagnostics } = compiled(
    Array.from({ length: 3_000 }, (_, index) => `ENHANCE nobody${index} UPSCALE 2x;`).join('\n'),
  );
  expect(diagnostics).toHaveLength(201);
  expect(diagnostics.at(-1)).toMatchObject({
    code: 'PQL109',
    message: '2800 more problems follow from here',
  });
});
