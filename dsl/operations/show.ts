import { command } from '../operation.ts';

const lists: readonly (readonly [string, string])[] = [
  ['GROUPS', 'what was run, the newest first'],
  ['VIDEOS', 'clips of this workspace'],
  ['IMAGES', 'pictures of this workspace'],
  ['AUDIO', 'sounds of this workspace'],
  ['TEXTS', 'texts of this workspace: facts, colour tables'],
  ['PROMPTS', 'what was described to GENERATE'],
  ['JOBS', 'jobs and how far they are'],
  ['SETTINGS', 'settings and their values'],
  ['VERBS', 'all verbs'],
  ['MODELS', 'networks that ENHANCE can use'],
];

/** Lists of what there is. */
export const show = command({
  verb: 'SHOW',
  family: 'query',
  help: 'lists what there is',
  details: [],
  variants: lists.map(([word, help]) => ({
    subject: [word],
    name: word.toLowerCase(),
    help,
    takes: null,
    letters: null,
  })),
  examples: [
    { text: 'SHOW GROUPS', says: 'what was run' },
    { text: 'SHOW VIDEOS', says: 'the clips of this workspace' },
  ],
});
