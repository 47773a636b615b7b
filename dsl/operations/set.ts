import { command } from '../operation.ts';

/** Changes a setting. */
export const set = command({
  verb: 'SET',
  family: 'manage',
  help: 'changes a setting',
  details: [
    'SHOW SETTINGS lists the settings with their values.',
    'SET g7.priority high lets a run go before the others of its workspace, low after them. Everybody may put runs of their own at normal or low; moderators may put any run anywhere.',
  ],
  settings: true,
  variants: [
    { subject: [], name: '', help: 'the name of a setting and its new value', takes: null, letters: null },
  ],
  examples: [],
});
