import type { MeasureArguments } from '../arguments.ts';
import { clause, job, oneClip } from '../operation.ts';
import { duration } from '../values/quantities.ts';

/** How a clip moves, looks and sounds over time, in numbers. */
export const measure = job({
  verb: 'MEASURE',
  family: 'understand',
  help: 'measures a clip over time: motion, change, brightness, sharpness, loudness',
  details: [
    'As a summary; TO measures.json writes every sample as JSON.',
    'Motion is in pixels of a 240×240 picture from one sample to the next, by optical flow; change (energy) and brightness are from 0 to 1, ' +
      'sharpness is the variance of the Laplacian, loudness is momentary LUFS.',
  ],
  version: 2,
  takes: oneClip,
  gives: 'text',
  clauses: {
    EVERY: clause(duration({ max: 60, example: 0.25 }), 'time from a sample to the next, at least a frame', {
      default: 0.25,
    }),
  },
  examples: [
    { text: 'MEASURE v12', says: 'four samples a second' },
    { text: 'MEASURE "clips/run.mp4" EVERY 1s TO out/measures.json', says: 'one a second, as JSON' },
  ],
  arguments: (given): MeasureArguments => ({ every: given.EVERY }),
  lane: () => 'cpu',
  predict: () => ({ kind: 'text' }),
});
