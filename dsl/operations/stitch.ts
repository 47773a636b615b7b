import type { StitchArguments } from '../arguments.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { clause, job, type StageView } from '../operation.ts';
import { seconds } from '../part-of.ts';
import { planStitch } from '../plan-stitch.ts';
import { rate } from '../values/quantities.ts';
import { size } from '../values/size.ts';
import { type Transition, transition } from '../values/transition.ts';
import { word } from '../values/word.ts';

const fit = word({ noun: 'fit', words: ['pad', 'crop'] });

/** Clips one after the other. */
export const stitch = job({
  verb: 'STITCH',
  family: 'edit',
  help: 'puts clips one after the other',
  details: [
    'Where the clips agree, nothing is encoded again. Otherwise those that differ take the size and rate that most of the running time has, unless SIZE and FPS say otherwise.',
    'A range takes a part: v3[2s..6s].',
  ],
  version: 3,
  takes: {
    what: 'media',
    min: 2,
    max: 500,
    kinds: ['video'],
    noun: 'two or more clips',
    usage: 'clip + clip',
  },
  gives: 'video',
  clauses: {
    SIZE: clause(size({ min: 64, max: 8192 }), 'the size of the film'),
    FPS: clause(rate({ min: 1, max: 240, example: 24 }), 'the frame rate of the film'),
    FIT: clause(fit, 'what happens to clips of another shape: bars, or cut edges', {
      default: 'pad',
    }),
    TRANSITION: clause(transition, 'how one clip becomes the next'),
  },
  examples: [
    {
      text: 'STITCH v12 + v19[2s..6s] + hd TO out/film.mp4',
      says: 'three clips, of the second only four seconds',
    },
    { text: 'STITCH v1 + v2 SIZE 1080p FIT crop TRANSITION fade 0.5s', says: 'says the size and fades' },
    {
      text: 'STITCH (GENERATE "dawn over the sea") + "clips/run.mp4" TO out/day.mp4 ? https://example.org/up',
      says: 'writes the film and delivers it',
    },
  ],
  check(given, stage) {
    return given.TRANSITION === null ? [] : transitionProblems(given.TRANSITION, stage);
  },
  arguments(given): StitchArguments {
    return {
      width: given.SIZE?.width ?? null,
      height: given.SIZE?.height ?? null,
      fps: given.FPS,
      fit: given.FIT,
      transition: given.TRANSITION,
    };
  },
  lane: () => 'cpu',
  predict(args, inputs) {
    const plan = planStitch(inputs, args);
    if (plan === null) return { kind: 'video' };
    const { shape, duration, frames, sound } = plan;
    // Of clips that are known only while running, nobody knows yet how long they are.
    if (inputs.some((input) => input?.duration === undefined)) return { kind: 'video', ...shape };
    return { kind: 'video', ...shape, duration, frames, ...(sound ? {} : { audio: null }) };
  },
});

/** Two clips are seen at once while one becomes the other, so each must be long enough for its joins. */
function transitionProblems({ duration }: Transition, { sources, at }: StageView): Diagnostic[] {
  const short = sources.flatMap((source, index) => {
    const joins = index === 0 || index === sources.length - 1 ? 1 : 2;
    const length = source.facts?.duration;
    return length !== undefined && length < duration * joins - 1e-6 ? [{ source, length, joins }] : [];
  });
  const worst = short.reduce(
    (least, each) => Math.min(least, each.length / each.joins),
    Number.POSITIVE_INFINITY,
  );
  return short.slice(0, 1).map(({ source, length }) => ({
    code: 'PQL414' as const,
    message: `the transition is longer than a clip of ${seconds(length)} allows`,
    span: source.span.end > source.span.start ? source.span : at('TRANSITION'),
    expected: `a transition of at most ${seconds(worst)}`,
    hint: 'shorten the transition, or leave the clip out',
  }));
}
