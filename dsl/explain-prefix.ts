import type { Example } from './operation.ts';

/** EXPLAIN is no verb but a word before a statement, so it stands beside the catalogue. */
export const explainPrefix: {
  verb: string;
  help: string;
  details: readonly string[];
  examples: readonly Example[];
} = {
  verb: 'EXPLAIN',
  help: 'says what a statement would do, and runs nothing',
  details: [
    'It is the planner of the run itself: which jobs, on which lane, what is recalled and if not why not, what is written and where it is delivered.',
  ],
  examples: [{ text: 'EXPLAIN ENHANCE v12 UPSCALE 2x TO out/large.mp4', says: 'the jobs of one statement' }],
};
