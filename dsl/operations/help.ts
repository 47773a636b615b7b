import { command } from '../operation.ts';

/** What there is to say. */
export const help = command({
  verb: 'HELP',
  family: 'manage',
  help: 'explains the language, or one verb',
  details: [],
  variants: [
    {
      subject: [],
      name: '',
      help: 'all verbs, or the one that is named',
      takes: { what: 'verb', min: 0, max: 1, kinds: [], noun: 'a verb', usage: 'ENHANCE' },
      letters: null,
    },
  ],
  examples: [
    { text: 'HELP', says: 'all verbs' },
    { text: 'HELP STITCH', says: 'one verb with its clauses and examples' },
  ],
});
