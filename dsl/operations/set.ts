import { command } from '../operation.ts';

/** Changes a setting. */
export const set = command({
  verb: 'SET',
  family: 'manage',
  help: 'changes a setting',
  details: ['SHOW SETTINGS lists the settings with their values.'],
  settings: true,
  variants: [
    { subject: [], name: '', help: 'the name of a setting and its new value', takes: null, letters: null },
  ],
  examples: [],
});
