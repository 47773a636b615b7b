import type { Example } from './operation.ts';

/** EXPLAIN is no verb but a word before a statement, so it stands beside the catalogue. */
export const explainPrefix: {
  verb: string;
  help: string;
  details: readonly string[];
  examples: readonly Example[];
} = {
  verb: 'EXPLAIN',
  help: 'says what a statement would do, and runs nothing; EXPLAIN ANALYZE runs it and says what was measured',
  details: [
    'It is the planner of the run itself: which jobs, on which lane, what is recalled and if not why not, what is written and where it is delivered.',
    'How long it takes and how large the results get it says from what the same took before at about the same size.',
    'EXPLAIN ANALYZE runs the statement, then shows what was planned beside what was measured.',
    'pql explain explains a whole script, as text, --json, --mermaid or --dot.',
  ],
  examples: [
    { text: 'EXPLAIN ENHANCE v12 UPSCALE 2x TO out/large.mp4', says: 'the jobs of one statement' },
    { text: 'EXPLAIN ANALYZE STITCH v12 + v19[2s..6s]', says: 'runs it; planned beside measured' },
  ],
};
