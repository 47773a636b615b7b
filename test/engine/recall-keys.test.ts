import fc from 'fast-check';
import { expect, test } from 'vitest';
import { identifier } from '../../dsl/identifier.ts';
import type { Plan } from '../../dsl/plan.ts';
import type { World } from '../../dsl/world.ts';
import { workKey } from '../../engine/work-key.ts';
import { compiled } from '../dsl/compiling.ts';
import { sampleWorld } from '../fakes/world.ts';

/** The keys of a plan's work as a run would compute them, each result standing for the work that made it. Effects have none. */
function keysOf({ steps }: Plan): string[] {
  const made = new Map<string, string>();
  const keys = steps.flatMap((step) => {
    if (step.effect) return [];
    const inputs = step.inputs.map((input) => ({
      role: input.role,
      hash: input.from === 'artifact' ? input.hash : (made.get(input.step) as string),
    }));
    const key = workKey({ ...step, inputs });
    made.set(step.id, key);
    return [key];
  });
  return keys.sort();
}

function keys(source: string, change: (world: World) => Partial<World> = () => ({})): string[] {
  const world = sampleWorld();
  const { plan, diagnostics } = compiled(source, { ...world, ...change(world) });
  expect(diagnostics, source).toEqual([]);
  return keysOf(plan as Plan);
}

/** Statements with places for a name, a path and a file; what stands there decides nothing. */
const statements = [
  'GENERATE "a harbour at dawn" DURATION 4s AS {name} TO {path}.mp4',
  'GENERATE "fog" SEED 7 AS {name}; ENHANCE {name} UPSCALE 2x TO {path}.mp4',
  'TRIM "{file}" FROM 1s AS {name}',
  'STITCH "{file}" + v12[1s..2s] + hd TRANSITION fade 500ms AS {name} TO {path}.mp4',
  'GRADE v1 LUT "film.cube" GRAIN 10% AS {name} TO {path}.mp4',
  'ENHANCE "{file}" INTERPOLATE 60fps | GRADE LOOK noir AS {name}',
];

const name = fc.stringMatching(/^[a-z][a-z0-9]{5,12}$/).filter((each) => identifier(each) === null);
const path = fc.stringMatching(/^[a-z]{4,8}(\/[a-z]{4,8}){0,2}$/);

/** The same name, other bytes. */
function withOtherBytes<T extends object | null>(all: ReadonlyMap<string, T>, key: string): Map<string, T> {
  return new Map([...all, [key, { ...(all.get(key) as T), hash: 'e'.repeat(64) }]]);
}

/** The file that every world has, found in another place. */
const moved = (file: string) => (world: World) => ({
  files: new Map([
    ...world.files,
    [file, world.files.get('clips/run.mp4') as NonNullable<ReturnType<World['files']['get']>>],
  ]),
});

test.each(statements)('names, paths and places of files change no key: %s', (statement) => {
  const filled = (as: string, to: string, file: string) =>
    keys(statement.replaceAll('{name}', as).replaceAll('{path}', to).replaceAll('{file}', file), moved(file));
  const usual = filled('usual', 'out/usual', 'clips/run.mp4');
  expect(usual.length).toBeGreaterThan(0);
  fc.assert(
    fc.property(name, path, path, (as, to, file) => {
      expect(filled(as, `out/${to}`, `${file}.mp4`)).toEqual(usual);
    }),
    { numRuns: 25 },
  );
});

test('the id, the name and the file of the same bytes are the same work, in whatever order it is asked', () => {
  const world = sampleWorld();
  const clip = world.media.get('v12') as NonNullable<ReturnType<World['media']['get']>>;
  const known = () => ({
    media: new Map([...world.media, ['renamed', clip]]),
    files: new Map([...world.files, ['elsewhere/copy.mp4', clip]]),
  });
  const usual = keys('TRIM v12 FROM 1s');
  for (const operand of ['renamed', '_', '"elsewhere/copy.mp4"'])
    expect(keys(`TRIM ${operand} FROM 1s`, known)).toEqual(usual);
  expect(keys('TRIM v1 FROM 1s; GENERATE "fog"')).toEqual(keys('GENERATE "fog"; TRIM v1 FROM 1000ms'));
});

test('every statement, every value, network, version and byte that decides a result changes the key', () => {
  const usual = keys('GENERATE "fog" DURATION 4s SEED 7');
  const others = [
    'GENERATE "Fog" DURATION 4s SEED 7',
    'GENERATE "fog" DURATION 5s SEED 7',
    'GENERATE "fog" DURATION 4s SEED 8',
    'GENERATE "fog" DURATION 4s SEED 7 FPS 25fps',
    'GENERATE "fog" DURATION 4s SEED 7 SIZE 640x360',
    'GENERATE "fog" DURATION 4s SEED 7 WEATHER rain',
    'GENERATE "fog" DURATION 4s SEED 7 CAMERA (lens 35mm)',
  ].flatMap((each) => keys(each));
  expect(new Set([...usual, ...others]).size).toBe(others.length + 1);

  const enhanced = keys('ENHANCE v1 UPSCALE 2x');
  const digest = (world: World) => ({
    models: world.models.map((model) => ({ ...model, digest: `f${model.digest.slice(1)}` })),
  });
  expect(keys('ENHANCE v1 UPSCALE 2x', digest)).not.toEqual(enhanced);
  const bytes = (world: World) => ({ media: withOtherBytes(world.media, 'v1') });
  expect(keys('ENHANCE v1 UPSCALE 2x', bytes)).not.toEqual(enhanced);
  const table = (world: World) => ({ files: withOtherBytes(world.files, 'film.cube') });
  expect(keys('GRADE v1 LUT "film.cube"', table)).not.toEqual(keys('GRADE v1 LUT "film.cube"'));

  const plan = compiled('ENHANCE v1 UPSCALE 2x').plan as Plan;
  const newer = { ...plan, steps: plan.steps.map((step) => ({ ...step, version: step.version + 1 })) };
  expect(keysOf(newer)).not.toEqual(enhanced);
});

test('a network that another step uses, and one under another name, change nothing', () => {
  const renamed = (world: World) => ({
    models: world.models.map((model) =>
      model.name === 'rife-4.6' ? { ...model, digest: 'e'.repeat(64) } : model,
    ),
  });
  expect(keys('ENHANCE v1 UPSCALE 2x', renamed)).toEqual(keys('ENHANCE v1 UPSCALE 2x'));
});
