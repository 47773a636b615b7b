import type { Collection, Field } from './collection.ts';

/** What MEASURE says of each shot: the mean of its samples, or their largest. */
export const measuredFields: readonly Field[] = [
  {
    name: 'motion',
    type: 'number',
    help: 'how much moves, pixels of a 240×240 picture a quarter of a second, mean',
  },
  { name: 'motion_max', type: 'number', help: 'the same, where it moves most' },
  { name: 'energy', type: 'number', help: 'how much changes from sample to sample, mean' },
  { name: 'energy_max', type: 'number', help: 'the same, where it changes most' },
  { name: 'brightness', type: 'number', help: 'how bright it is, 0 to 1' },
  { name: 'sharpness', type: 'number', help: 'how sharp it is' },
  { name: 'loudness', type: 'number', help: 'how loud it is; unknown without sound' },
];

/** FROM SHOTS OF v1: known only once SHOTS, and MEASURE where one of its fields is asked for, have run. */
export const shots: Collection = {
  name: 'shots',
  help: 'the shots of a clip',
  gives: 'video',
  fields: [
    { name: 'index', type: 'number', help: 'its place among the shots, from 1', aliases: ['n'] },
    { name: 'from', type: 'seconds', help: 'where it begins', aliases: ['start'] },
    { name: 'until', type: 'seconds', help: 'where it ends', aliases: ['to', 'end'] },
    { name: 'duration', type: 'seconds', help: 'how long it plays', aliases: ['length'] },
    { name: 'frames', type: 'number', help: 'how many frames' },
    { name: 'opens', type: 'word', help: 'how it begins', words: ['start', 'cut', 'fade'] },
    ...measuredFields,
  ],
  shown: ['index', 'from', 'until', 'duration', 'opens'],
  order: { field: 'index', descending: false },
};

/** Lists that a verb finds, by the verb in capitals: what may stand before OF. */
export const lists: ReadonlyMap<string, Collection> = new Map([['SHOTS', shots]]);
