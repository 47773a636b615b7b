import { aName } from '../consent-takes.ts';
import { command } from '../operation.ts';

/** Ends that somebody is known by their face. */
export const forget = command({
  verb: 'FORGET',
  family: 'consent',
  help: 'deletes what somebody is known by, at once',
  details: [
    'Whoever asked for it may say it, and moderators. An opt-out stays: the name is still refused.',
    'Requests to remember this person that are not decided are taken back, with their pictures.',
  ],
  variants: [
    {
      subject: ['FACE', 'OF'],
      name: 'face',
      help: 'somebody by name',
      takes: aName,
      letters: null,
    },
  ],
  examples: [{ text: 'FORGET FACE OF "Jane Roe"', says: 'she is not looked for any more' }],
});
