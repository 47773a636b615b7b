import { duration } from './quantities.ts';
import type { ValueType } from './value-type.ts';
import { word } from './word.ts';

/** ffmpeg's xfade kinds that are worth having in a film, by the words editors use. */
export const transitions = [
  'fade',
  'fadeblack',
  'fadewhite',
  'dissolve',
  'wipeleft',
  'wiperight',
  'wipeup',
  'wipedown',
  'slideleft',
  'slideright',
  'slideup',
  'slidedown',
  'smoothleft',
  'smoothright',
  'circleopen',
  'circleclose',
  'radial',
  'pixelize',
] as const;

export type Transition = { kind: string; duration: number };

const kind = word({
  noun: 'transition',
  words: transitions,
  aliases: {
    crossfade: 'fade',
    black: 'fadeblack',
    white: 'fadewhite',
    wipe: 'wiperight',
    slide: 'slideleft',
  },
});
/** Half a second unless said: what editing programs take. */
const usual = 0.5;
const length = duration({ max: 10, example: usual });
const expected = 'a transition and its length such as fade 0.5s';

/** `fade 0.5s`: how one clip becomes the next, and for how long both are seen. */
export const transition: ValueType<Transition> = {
  noun: 'transition',
  expected,
  usage: 'fade 0.5s',
  count: [1, 2],
  words: () => transitions,
  schema: {
    type: 'object',
    properties: { kind: kind.schema, duration: length.schema },
    required: ['kind', 'duration'],
  },
  print: (value) => `${value.kind} ${length.print(value.duration)}`,
  read(values, place) {
    const [first, second] = values;
    const read = kind.read([first!], place);
    const lasts = second === undefined ? { value: usual } : length.read([second], place);
    const problems = [read, lasts].flatMap((reading) => ('problems' in reading ? reading.problems : []));
    if (problems.length > 0 || 'problems' in read || 'problems' in lasts) return { problems };
    return { value: { kind: read.value, duration: lasts.value } };
  },
};
