import { command } from '../operation.ts';

const pages = true;

const lists: readonly { word: string; help: string; pages?: true }[] = [
  { word: 'GROUPS', help: 'what was run, the newest first', pages },
  { word: 'VIDEOS', help: 'clips of this workspace', pages },
  { word: 'IMAGES', help: 'pictures of this workspace', pages },
  { word: 'AUDIO', help: 'sounds of this workspace', pages },
  { word: 'TEXTS', help: 'texts of this workspace: facts, colour tables', pages },
  { word: 'MEDIA', help: 'all of these together', pages },
  { word: 'PROMPTS', help: 'what was described to GENERATE', pages },
  { word: 'JOBS', help: 'jobs and how far they are', pages },
  { word: 'WORKERS', help: 'who runs jobs, what they run, and why one takes none' },
  { word: 'REQUESTS', help: 'what moderators have to decide, the most urgent first' },
  { word: 'GRANTS', help: 'who may be shown in this workspace, and until when' },
  { word: 'FACES', help: 'who is looked for by their face, and where they were seen; for moderators' },
  { word: 'PEOPLE', help: 'who may not be shown without a grant; for moderators', pages },
  { word: 'CACHE', help: 'finished work that is kept, and what PURGE CACHE would free' },
  { word: 'SETTINGS', help: 'settings and their values' },
  { word: 'VERBS', help: 'all verbs' },
  { word: 'MODELS', help: 'networks that ENHANCE can use' },
];

/** Lists of what there is. */
export const show = command({
  verb: 'SHOW',
  family: 'query',
  help: 'lists what there is',
  details: ['A long list is shown page by page: SHOW VIDEOS PAGE 2.'],
  variants: lists.map(({ word, ...more }) => ({
    subject: [word],
    name: word.toLowerCase(),
    takes: null,
    letters: null,
    ...more,
  })),
  examples: [
    { text: 'SHOW GROUPS', says: 'what was run' },
    { text: 'SHOW VIDEOS', says: 'the clips of this workspace' },
  ],
});
