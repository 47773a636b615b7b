import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EnhanceArguments, GradeArguments, PassArguments } from '../../dsl/arguments.ts';
import type { VideoFacts } from '../../dsl/facts.ts';
import type { JsonObject } from '../../dsl/json.ts';
import { stagesOf } from '../../dsl/segments/frame-stages.ts';
import { type Pieces, piecesOf } from '../../dsl/segments/pieces.ts';
import { segmentWork } from '../../dsl/segments/segment-work.ts';
import { segmentsOf } from '../../dsl/segments/segments.ts';
import type { Handler, Input, Produced } from '../../workers/handler.ts';
import { createHandlers, type Tools } from '../../workers/handlers.ts';
import { createModelStore } from '../../workers/models/store.ts';
import { copyableVideo } from '../../workers/mp4/cuts.ts';
import { readMovie } from '../../workers/mp4/read.ts';
import { fakeDesk } from '../fakes/desk.ts';
import { type FakeRegistry, fakeRegistry } from '../fakes/npm-registry.ts';
import { damaged } from './damaged.ts';
import { blend, blendParam, slim, slimFiles } from './models/slim.ts';
import { openStudio, type Studio } from './studio.ts';

/** Pieces are as short as they can be: four seconds. */
const pieceSeconds = 0;

let studio: Studio;
let registries: FakeRegistry[];
let handlers: Readonly<Record<string, Handler>>;
let oneEncoder: Readonly<Record<string, Handler>>;
let clip: Input;
let desks = 0;

beforeAll(async () => {
  studio = await openStudio();
  registries = [
    await fakeRegistry('@upscalerjs/esrgan-slim', '1.0.0', slimFiles),
    await fakeRegistry('blend', '1.0.0', { 'blend.param': blendParam, 'blend.bin': '' }),
  ];
  const [a, b] = registries as [FakeRegistry, FakeRegistry];
  const registry = {
    ...a.registry,
    '@upscalerjs:registry': a.registry.registry,
    registry: b.registry.registry,
  };
  const models = createModelStore({
    home: studio.folder,
    registry: async () => registry,
    models: [slim(a.integrity), blend(b.integrity)],
  });
  const cpu = [{ provider: 'cpu' as const, works: true, milliseconds: 1, problem: null }];
  const tools = { media: studio.tools, prober: studio.prober, models, probeProviders: async () => cpu };
  handlers = createHandlers({ ...tools, cores: 2, pieceSeconds } as unknown as Tools);
  oneEncoder = createHandlers({ ...tools, cores: 2 } as unknown as Tools);
  // Scenes, with cuts between them, and a tone that is told apart at every time.
  const path = join(studio.folder, 'long.mp4');
  await studio.ffmpeg(
    ...['-stream_loop', '-1', '-i', new URL('../media/trailer.mp4', import.meta.url).pathname],
    ...['-f', 'lavfi', '-i', "aevalsrc='0.4*sin(2*PI*(200+150*t)*t)':s=44100:c=mono", '-t', '13.5'],
    ...['-map', '0:v', '-map', '1:a', '-vf', 'scale=48:28,fps=12', '-c:v', 'libx264', '-g', '30', path],
  );
  clip = await inputOf('operand', path);
});
afterAll(async () => {
  for (const registry of registries) await registry[Symbol.asyncDispose]();
  await studio[Symbol.asyncDispose]();
});

const nothing: EnhanceArguments = {
  upscale: null,
  denoise: null,
  interpolate: null,
  model: null,
  interpolator: null,
};
const twice = { ...nothing, upscale: 2, model: 'esrgan-slim' };
const noir = {
  ...{ lens: null, shutter: null, temperature: null, exposure: 0.3, contrast: null, saturation: null },
  ...{ grade: 'noir', grain: null, vignette: 0.3, lut: false },
} satisfies GradeArguments;
const middle = { operation: 'trim' as const, version: 2, arguments: { from: 1, to: 12.75 } };
const stages = (...all: PassArguments['stages']): PassArguments => ({ stages: all, shape: null });
const graded = { operation: 'grade' as const, version: 3, arguments: noir };

test.each<[string, string, JsonObject, number[]]>([
  ['colours', 'grade', noir, [0, 48, 96, 162]],
  ['a shutter, which mixes frames', 'grade', { ...noir, shutter: 0.25 }, [0, 48, 96, 162]],
  ['noise, which hqdn3d remembers', 'enhance', { ...nothing, denoise: 40 }, [0, 48, 96, 162]],
  ['a network that enlarges', 'enhance', twice, [0, 48, 96, 162]],
  [
    'a network that looks at neighbours',
    'enhance',
    { ...nothing, interpolate: 15, interpolator: 'blend' },
    [0, 60, 120, 203],
  ],
  ['a part, on the grid of the whole clip', 'pass', stages(middle, graded), [0, 36, 84, 141]],
  [
    'a part brought to the shape of a film',
    'pass',
    {
      ...stages(middle, graded),
      shape: { width: 96, height: 96, rate: { num: 12, den: 1 }, fit: 'pad', matrix: 'bt601' },
    },
    [0, 36, 84, 141],
  ],
])('%s: segments joined are the one job byte for byte', async (_, operation, args, cuts) => {
  const whole = await run(operation, args, [clip]);
  const pieces = piecesOf(stagesOf(operation, args)!, clip.facts as VideoFacts, pieceSeconds)!;
  expect(pieces.cuts).toEqual(cuts);
  // Of three pieces a segment each, or, where work is quick, two of one segment.
  for (const seconds of args === noir ? [900, 60] : [60]) {
    const segments = await segmentsMade(operation, args, pieces, seconds);
    expect(segments.length).toBe(seconds === 900 ? 3 : 2);
    for (const segment of segments) expect((segment.facts as VideoFacts).audio).toBeNull();
    const joined = await run(operation, args, [clip, ...segments]);
    expect(await digest(joined.file)).toBe(await digest(whole.file));
  }
  const facts = whole.facts as VideoFacts;
  expect(facts.frames).toBe(cuts.at(-1));
  expect((await studio.prober.recipe(whole.file)) ?? '').toBe('GENERATE "fog"');
  // Packets of the whole can be copied, and each piece begins where decoding can.
  const video = copyableVideo((await readMovie(whole.file))!)!;
  expect(video.frames).toBe(cuts.at(-1));
  for (const cut of cuts.slice(0, -1)) expect(video.track.samples.keys[cut]).toBe(1);
});

test('ENHANCE in pieces keeps the packets of the sound as they are', async () => {
  const { file } = await run('enhance', { ...nothing, denoise: 40 }, [clip]);
  expect(await soundOf(file)).toBe(await soundOf(clip.path));
});

test('pieces show what one encoder shows: the frames of each before they are encoded are the same', async () => {
  const interpolated = { ...nothing, interpolate: 15, interpolator: 'blend' };
  for (const [operation, args] of [
    ['grade', { ...noir, shutter: 0.25 }],
    ['enhance', interpolated],
  ] as const) {
    const inPieces = await run(operation, args, [clip]);
    const whole = await run(operation, args, [clip], oneEncoder);
    expect(whole.facts).toMatchObject({ frames: (inPieces.facts as VideoFacts).frames });
    expect(whole.details).toEqual({ ...inPieces.details, framesPerSecond: whole.details.framesPerSecond });
    expect(await likeness(inPieces.file, whole.file)).toBeGreaterThan(40);
  }
});

test.each<[string, string, JsonObject]>([
  ['a shutter', 'grade', { ...noir, shutter: 0.25 }],
  ['a network that looks at neighbours', 'enhance', { ...nothing, interpolate: 15, interpolator: 'blend' }],
])('%s: a clip whose tail cannot be read is repeated from its last frame on, in pieces as in one', async (_, operation, args) => {
  // Of the last of three pieces nothing can be read, nor of the seconds before it.
  const path = join(studio.folder, 'tail.mp4');
  await writeFile(path, await damaged(clip.path, 0.4));
  const tail = { ...clip, path };
  const [inPieces, whole] = [
    await run(operation, args, [tail]),
    await run(operation, args, [tail], oneEncoder),
  ];
  expect(inPieces.facts).toMatchObject({ frames: (whole.facts as VideoFacts).frames });
  expect(inPieces.notes.join()).toMatch(/^the clip is damaged/);
  expect(whole.notes.join()).toMatch(/^the clip is damaged/);
  expect(await likeness(inPieces.file, whole.file)).toBeGreaterThan(30);
  const pieces = piecesOf(stagesOf(operation, args)!, tail.facts as VideoFacts, pieceSeconds)!;
  const segments: Input[] = [];
  for (const part of segmentsOf(pieces, 900))
    segments.push(await inputOf('segment', (await run(operation, { ...args, part }, [tail])).file));
  const joined = await run(operation, args, [tail, ...segments]);
  expect(await digest(joined.file)).toBe(await digest(inPieces.file));
});

test('another range of a clip has the same segments where both have whole pieces', () => {
  const facts = clip.facts as VideoFacts;
  const keys = (from: number, to: number) => {
    const args = stages({ operation: 'trim', version: 2, arguments: { from, to } }, graded);
    const pieces = piecesOf(stagesOf('pass', args)!, facts, pieceSeconds)!;
    return segmentsOf(pieces, 1e6).map((part) =>
      JSON.stringify(segmentWork({ operation: 'pass', version: 1, arguments: args }, pieces, part)),
    );
  };
  const [whole, part] = [keys(0, 13.5), keys(1, 13.5)];
  expect(whole).toHaveLength(3);
  expect(part).toHaveLength(3);
  expect(part.filter((key) => whole.includes(key))).toHaveLength(2);
});

async function segmentsMade(
  operation: string,
  args: JsonObject,
  pieces: Pieces,
  seconds: number,
): Promise<Input[]> {
  const made: Input[] = [];
  for (const part of segmentsOf(pieces, seconds)) {
    const work = segmentWork({ operation, version: 1, arguments: args }, pieces, part);
    const { file } = await run(work.operation, work.arguments, [clip]);
    made.push(await inputOf('segment', file));
  }
  return made;
}

async function run(
  operation: string,
  args: JsonObject,
  inputs: readonly Input[],
  by: Readonly<Record<string, Handler>> = handlers,
): Promise<Produced> {
  const scratch = join(studio.folder, `scratch-${desks++}`);
  await mkdir(scratch);
  const { desk, progress } = fakeDesk({ inputs, scratch });
  const made = (await by[operation]!(args, desk)) as Produced;
  if (!inputs.some(({ role }) => role === 'segment')) expect(progress.at(-1)).toMatchObject({ fraction: 1 });
  return made;
}

async function inputOf(role: string, path: string): Promise<Input> {
  const facts = await studio.prober.probe(path);
  return { role, path, hash: '', kind: facts.kind, facts, recipe: null };
}

async function digest(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

async function soundOf(path: string): Promise<string> {
  return (await studio.ffmpeg('-i', path, '-map', '0:a', '-c', 'copy', '-f', 'md5', '-')).toString();
}

/** PSNR of the picture that is least alike, dB. */
async function likeness(one: string, other: string): Promise<number> {
  const file = join(studio.folder, `psnr-${desks++}`);
  await studio.ffmpeg('-i', one, '-i', other, '-lavfi', `psnr=stats_file=${file}`, '-an', '-f', 'null', '-');
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  const errors = lines.map((line) => Number(/mse_avg:([\d.]+)/.exec(line)![1]));
  return 10 * Math.log10(255 ** 2 / Math.max(...errors));
}
