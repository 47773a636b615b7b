import { aName } from '../consent-takes.ts';
import { command } from '../operation.ts';

/** Where somebody is shown or named. */
export const uses = command({
  verb: 'USES',
  family: 'consent',
  help: 'lists what was made of somebody and what names them: grants, runs, results, files and links',
  details: [
    'Results and clips of this workspace count that say the name in their prompt, in the name of their file, or inside of it: in a title, a chapter, subtitles or captions.',
    'Clips are read when something is first made of them. Moderators see what is held, too.',
  ],
  variants: [
    {
      subject: ['OF'],
      name: 'of',
      help: 'somebody by name',
      takes: aName,
      letters: null,
    },
  ],
  examples: [{ text: 'USES OF "Jane Roe"', says: 'where she appears here, and what says her name' }],
});
