import { command } from '../operation.ts';

/** Stops what runs and what waits. */
export const cancel = command({
  verb: 'CANCEL',
  family: 'manage',
  help: 'stops a run or a job; finished work stays',
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
  examples: [{ text: 'CANCEL g7', says: 'stops the run g7' }],
});
