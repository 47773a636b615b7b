import type { EnhanceArguments } from '../arguments.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { madeAnew } from '../made-anew.ts';
import { clause, type Given, job, oneClip, type StageView } from '../operation.ts';
import { perSecond, rational } from '../rational.ts';
import { suggest } from '../suggest.ts';
import { factor, rate, strength } from '../values/quantities.ts';
import { installed, printName } from '../values/word.ts';
import type { ModelEntry, World } from '../world.ts';

/** The largest picture that is made: H.264 and most players end there. */
const largest = { side: 8192, pixels: 8192 * 4608 };

const clauses = {
  UPSCALE: clause(factor, 'how many times larger, by a network'),
  DENOISE: clause(strength, 'how much noise is taken out, 0 to 100'),
  INTERPOLATE: clause(rate({ min: 10, max: 240, example: 60 }), 'the frame rate to reach, by a network'),
  USING: clause(
    installed({
      noun: 'a network',
      example: 'realesr-animevideov3',
      names: (world) => world.models.filter(({ task }) => task !== 'denoise').map(({ name }) => name),
    }),
    'which network does it; SHOW MODELS lists them',
  ),
};

/** Larger, cleaner, smoother. */
export const enhance = job({
  verb: 'ENHANCE',
  family: 'enhance',
  help: 'makes a clip larger, cleaner or smoother',
  details: ['Sound and timing are kept. First noise goes, then frames are added, then the picture grows.'],
  version: 3,
  takes: oneClip,
  gives: 'video',
  clauses,
  called: { model: 'USING', interpolator: 'USING' },
  examples: [
    { text: 'ENHANCE v12 UPSCALE 2x', says: 'twice as wide and twice as high' },
    {
      text: 'ENHANCE "clips/run.mp4" DENOISE 20 INTERPOLATE 60fps',
      says: 'cleans a file and makes it smoother',
    },
    {
      text: 'GENERATE "fog over the sea" | ENHANCE UPSCALE 2x TO out/fog.mp4',
      says: 'enhances what the stage before it makes',
    },
  ],
  check(given, stage) {
    if (given.UPSCALE === null && given.DENOISE === null && given.INTERPOLATE === null) {
      return [
        {
          code: 'PQL228',
          message: 'ENHANCE needs to know what to do',
          span: stage.at('ENHANCE'),
          expected: 'UPSCALE 2x, DENOISE 20 or INTERPOLATE 60fps',
          hint: 'write ENHANCE clip UPSCALE 2x',
        },
      ];
    }
    return [...networkProblems(given, stage), ...sizeProblems(given, stage), ...rateProblems(given, stage)];
  },
  arguments(given, { world }): EnhanceArguments {
    return {
      upscale: given.UPSCALE,
      denoise: given.DENOISE,
      interpolate: given.INTERPOLATE,
      model: given.UPSCALE === null ? null : (network(world, 'upscale', given)?.name ?? null),
      interpolator: given.INTERPOLATE === null ? null : (network(world, 'interpolate', given)?.name ?? null),
    };
  },
  spelled: (args): Record<string, string> => (args.model === null ? {} : { USING: printName(args.model) }),
  lane: (args) => (args.model === null && args.interpolator === null ? 'cpu' : 'gpu'),
  models: (args) => [args.model, args.interpolator].filter((name) => name !== null),
  predict(args, [input]) {
    if (!input) return { kind: 'video' };
    const { frames: _frames, ...kept } = madeAnew(input);
    const times = args.upscale ?? 1;
    const fps = args.interpolate === null ? undefined : rational(args.interpolate);
    const frames =
      fps && input.duration !== undefined ? Math.round(input.duration * perSecond(fps)) : input.frames;
    return {
      ...kept,
      ...(input.width === undefined ? {} : { width: input.width * times }),
      ...(input.height === undefined ? {} : { height: input.height * times }),
      ...(fps === undefined ? {} : { rate: fps }),
      ...(frames === undefined ? {} : { frames }),
    };
  },
});

/** The network for a task: the one named after USING, the default if it can do it, else the first that can. */
function network(world: World, task: string, given: Given<typeof clauses>): ModelEntry | undefined {
  const able = world.models.filter(
    (model) =>
      model.task === task &&
      (task !== 'upscale' || given.UPSCALE === null || model.factors.includes(given.UPSCALE)),
  );
  return (
    able.find(({ name }) => name.toLowerCase() === given.USING) ??
    able.find(({ name }) => name === world.defaultModels[task]) ??
    able[0]
  );
}

function networkProblems(given: Given<typeof clauses>, { world, at }: StageView): Diagnostic[] {
  const named = world.models.find(({ name }) => name.toLowerCase() === given.USING);
  if (given.USING !== null && named === undefined) {
    const names = world.models.map(({ name }) => name);
    const near = suggest(given.USING, names);
    return [
      {
        code: 'PQL308',
        message: `there is no network ${given.USING}`,
        span: at('USING'),
        expected: names.join(', '),
        ...(near === null
          ? { hint: 'SHOW MODELS lists them' }
          : { hint: `did you mean ${near}?`, fix: { span: at('USING'), text: printName(near) } }),
      },
    ];
  }
  if (
    named &&
    !(named.task === 'upscale' && given.UPSCALE !== null) &&
    !(named.task === 'interpolate' && given.INTERPOLATE !== null)
  ) {
    return [
      {
        code: 'PQL227',
        message: `${named.name} is for ${named.task.toUpperCase()}, which is not asked for`,
        span: at('USING'),
        hint: `add ${named.task.toUpperCase()}, or leave USING out`,
      },
    ];
  }
  const able = (named?.task === 'upscale' ? [named] : world.models).filter(({ task }) => task === 'upscale');
  const factors = [...new Set(able.flatMap((model) => model.factors))].sort((a, b) => a - b);
  if (given.UPSCALE !== null && !factors.includes(given.UPSCALE)) {
    const nearest = factors.find((each) => each > given.UPSCALE!) ?? factors.at(-1);
    return [
      {
        code: 'PQL405',
        message: `${named?.name ?? 'no network here'} ${named ? 'does not enlarge' : 'enlarges'} by ${given.UPSCALE}x`,
        span: at('UPSCALE'),
        found: `the factor ${given.UPSCALE}x`,
        expected:
          factors.length === 0
            ? 'nothing, since no network is there'
            : factors.map((each) => `${each}x`).join(' or '),
        ...(nearest === undefined ? {} : { fix: { span: at('UPSCALE'), text: `${nearest}x` } }),
      },
    ];
  }
  if (given.INTERPOLATE !== null && !world.models.some(({ task }) => task === 'interpolate')) {
    return [
      {
        code: 'PQL405',
        message: 'no network here adds frames',
        span: at('INTERPOLATE'),
        hint: 'SHOW MODELS lists what is there',
      },
    ];
  }
  return [];
}

function sizeProblems(given: Given<typeof clauses>, { sources, at }: StageView): Diagnostic[] {
  const { width, height } = sources[0]?.facts ?? {};
  const times = given.UPSCALE;
  if (times === null || width === undefined || height === undefined) return [];
  const [wide, high] = [width * times, height * times];
  if (Math.max(wide, high) <= largest.side && wide * high <= largest.pixels) return [];
  const fits = [4, 3, 2].find(
    (each) =>
      each < times &&
      Math.max(width, height) * each <= largest.side &&
      width * height * each * each <= largest.pixels,
  );
  return [
    {
      code: 'PQL412',
      message: `${times}x would make a picture of ${wide}x${high}`,
      span: at('UPSCALE'),
      expected: `at most ${largest.side} pixels a side and ${Math.floor(largest.pixels / 1e6)} million in all`,
      ...(fits === undefined
        ? { hint: 'this clip is large already: leave UPSCALE out' }
        : { fix: { span: at('UPSCALE'), text: `${fits}x` } }),
    },
  ];
}

function rateProblems(given: Given<typeof clauses>, { sources, at }: StageView): Diagnostic[] {
  const rate = sources[0]?.facts?.rate;
  if (given.INTERPOLATE === null || rate === undefined || given.INTERPOLATE > perSecond(rate) + 0.001)
    return [];
  return [
    {
      code: 'PQL413',
      message: `the clip has ${Number(perSecond(rate).toFixed(3))} frames a second already`,
      span: at('INTERPOLATE'),
      expected: 'a higher frame rate than the clip has',
      hint: 'leave INTERPOLATE out, or reach for more',
    },
  ];
}
