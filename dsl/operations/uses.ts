import { aName } from '../consent-takes.ts';
import { command } from '../operation.ts';

/** Where somebody is shown. */
export const uses = command({
  verb: 'USES',
  family: 'consent',
  help: 'lists what names somebody: grants, runs, results, files and links',
  details: ['Moderators see what is held, too.'],
  variants: [
    {
      subject: ['OF'],
      name: 'of',
      help: 'somebody by name',
      takes: aName,
      letters: null,
    },
  ],
  examples: [{ text: 'USES OF "Jane Roe"', says: 'where she appears here' }],
});
