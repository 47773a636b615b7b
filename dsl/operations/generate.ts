import type { GenerateArguments } from '../arguments.ts';
import { clause, job } from '../operation.ts';
import { rational } from '../rational.ts';
import { seedOf } from '../seed-of.ts';
import { shapedLike } from '../shaped-like.ts';
import { suggest } from '../suggest.ts';
import { backdrop, camera, color, colorArguments, daytime, weather } from '../values/looks.ts';
import { person } from '../values/person.ts';
import { duration, rate, seed } from '../values/quantities.ts';
import { grantId } from '../values/request.ts';
import { several } from '../values/several.ts';
import { size } from '../values/size.ts';
import { source } from '../values/source.ts';
import { installed, printName } from '../values/word.ts';

const longestPrompt = 2000;

const begins = source({ kinds: ['image', 'video'], noun: 'a picture or a clip', example: '"photo.jpg"' });

/** Text to video. */
export const generate = job({
  verb: 'GENERATE',
  family: 'make',
  help: 'makes a clip from what you describe',
  details: [
    'The same statement gives the same film: without SEED the seed comes from the prompt.',
    'Without BACKDROP, WEATHER and TIME the prompt decides; what the generator could not draw is named in the result.',
    'FROM makes the film begin with a picture, or with the last frame of a clip or of its part. What a pipe brings is begun with as well: TRIM v3 UNTIL 2s | GENERATE "it snows". Without SIZE the film has the shape of the picture, or the size of the clip.',
  ],
  version: 5,
  versionOf: (args: GenerateArguments) => (args.begins === undefined ? 4 : 5),
  takes: {
    what: 'prompt',
    min: 1,
    max: 1,
    kinds: [],
    noun: 'a description in quotes',
    usage: '"a description"',
  },
  gives: 'video',
  clauses: {
    FROM: clause(begins, 'the picture that it begins with; of a clip the last frame'),
    DURATION: clause(duration({ max: 120, example: 4 }), 'how long, at most 120s', { default: 4 }),
    SIZE: clause(size({ min: 64, max: 4096 }), 'width by height in even pixels, or a name', {
      default: { width: 1280, height: 720 },
    }),
    FPS: clause(rate({ min: 1, max: 60, example: 24 }), 'frames a second, at most 60fps', { default: 24 }),
    SEED: clause(seed, 'where chance starts: another number, another film of the same scene'),
    BACKDROP: clause(backdrop, 'where it is'),
    WEATHER: clause(weather, 'what the weather is like'),
    TIME: clause(daytime, 'what time of day it is'),
    CAMERA: clause(camera, 'lens, aperture, shutter and move'),
    COLOR: clause(color, 'temperature, exposure, contrast, saturation, grade, lut, grain and vignette'),
    CAST: clause(several(person, 12), 'who is in it: people who gave this workspace leave'),
    UNDER: clause(several(grantId, 12), 'the grants that allow it; found by themselves when left out'),
    USING: clause(
      installed({ noun: 'a generator', example: 'storyboard', names: (world) => world.generators }),
      'which generator makes it',
      { default: 'storyboard' },
    ),
  },
  called: { generator: 'USING', begins: 'FROM' },
  examples: [
    {
      text: 'GENERATE "a lighthouse by the sea at dusk" AS light',
      says: 'makes four seconds and calls them light',
    },
    {
      text: 'GENERATE "boats in the harbour" DURATION 8s SIZE 1080p WEATHER fog CAMERA (lens 35mm, move pan-left) TO out/boats.mp4',
      says: 'says how it is filmed and writes a file',
    },
    {
      text: 'GENERATE "snow on the mountains" SEED 7 COLOR (temperature 4500K, grade cool, grain 10%)',
      says: 'fixes the seed and the colours',
    },
    {
      text: 'GENERATE "snow at dusk" FROM i1 CAMERA (move dolly-in)',
      says: 'begins with a picture',
    },
    {
      text: 'GENERATE "the fog comes in" FROM v3[2s..4s] SIZE 1080p',
      says: 'goes on where a part of a clip ends',
    },
    {
      text: 'GENERATE "a walk by the sea" CAST "Jane Roe" UNDER r9',
      says: 'shows somebody who agreed, under the grant r9',
    },
  ],
  check(given, { prompt, promptAt, at, world }) {
    const problems = [];
    if (prompt !== null && prompt.trim() === '') {
      problems.push({
        code: 'PQL404' as const,
        message: 'the description is empty',
        span: promptAt,
        hint: 'say what to see: GENERATE "a lighthouse by the sea"',
      });
    }
    if (prompt !== null && prompt.length > longestPrompt) {
      problems.push({
        code: 'PQL404' as const,
        message: 'the description is longer than 2,000 characters',
        span: promptAt,
        hint: 'say it in fewer words, or make several clips and STITCH them',
      });
    }
    if (given.UNDER !== null && given.CAST === null) {
      problems.push({
        code: 'PQL227' as const,
        message: 'UNDER names grants, but nobody is cast',
        span: at('UNDER'),
        hint: 'say who is in it: CAST "Jane Roe"',
      });
    }
    if (!world.generators.includes(given.USING)) {
      const near = suggest(given.USING, world.generators);
      problems.push({
        code: 'PQL308' as const,
        message: `there is no generator ${given.USING}`,
        span: at('USING'),
        expected: world.generators.join(', '),
        ...(near === null
          ? {}
          : { hint: `did you mean ${near}?`, fix: { span: at('USING'), text: printName(near) } }),
      });
    }
    return problems;
  },
  arguments(given, { prompt, sources, said: isSaid }): GenerateArguments {
    const said = prompt ?? '';
    const [first] = sources;
    const { width, height } = first === undefined || isSaid('SIZE') ? given.SIZE : shapedLike(first.facts);
    return {
      prompt: said,
      ...(first === undefined ? {} : { begins: true as const }),
      ...(given.CAST === null ? {} : { cast: given.CAST }),
      ...(given.UNDER === null ? {} : { under: given.UNDER }),
      duration: given.DURATION,
      width,
      height,
      fps: given.FPS,
      seed: given.SEED ?? seedOf(said),
      generator: given.USING,
      backdrop: given.BACKDROP,
      weather: given.WEATHER,
      time: given.TIME,
      camera: given.CAMERA ?? { lens: null, aperture: null, shutter: null, move: null },
      color: colorArguments(given.COLOR),
    };
  },
  spelled: ({ seed, begins, width, height }: GenerateArguments) => ({
    SEED: String(seed),
    ...(begins === undefined ? {} : { SIZE: `${width}x${height}` }),
  }),
  lane: () => 'cpu',
  credits: (args) => [`seed ${args.seed}`, `engine ${args.generator}`],
  predict(args) {
    return {
      kind: 'video',
      duration: Math.round(args.duration * args.fps) / args.fps,
      frames: Math.max(1, Math.round(args.duration * args.fps)),
      width: args.width,
      height: args.height,
      rate: rational(args.fps),
      audio: null,
    };
  },
});
