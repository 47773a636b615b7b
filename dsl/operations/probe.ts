import type { ProbeArguments } from '../arguments.ts';
import { job, oneFile } from '../operation.ts';

/** What a file is. */
export const probe = job({
  verb: 'PROBE',
  family: 'understand',
  help: 'says what a clip, picture or sound is: length, size, rate, codecs',
  details: ['As a table; TO facts.json writes the same as JSON.'],
  version: 2,
  takes: oneFile,
  gives: 'text',
  clauses: {},
  examples: [
    { text: 'PROBE "clips/run.mp4"', says: 'the facts of a file' },
    { text: 'PROBE v12 TO out/facts.json', says: 'the same as JSON' },
  ],
  arguments: (): ProbeArguments => ({}),
  lane: () => 'cpu',
  predict: () => ({ kind: 'text' }),
});
