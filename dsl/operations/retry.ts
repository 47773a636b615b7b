import { command } from '../operation.ts';

/** Tries again what failed or was stopped. */
export const retry = command({
  verb: 'RETRY',
  family: 'manage',
  help: 'tries again what failed or was stopped; finished work is kept',
  details: [],
  variants: [
    {
      subject: [],
      name: '',
      help: 'a run (g7) or a job (j40)',
      takes: { what: 'target', min: 1, max: 1, kinds: [], noun: 'a run or a job', usage: 'g7' },
      letters: ['g', 'j'],
    },
  ],
  examples: [{ text: 'RETRY j40', says: 'tries the job j40 once more' }],
});
