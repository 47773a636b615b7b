import { aName } from '../consent-takes.ts';
import { clause, command } from '../operation.ts';
import { evidence, picture } from '../values/evidence.ts';
import { text } from '../values/text.ts';

/** Asks that somebody be known by their face. */
export const remember = command({
  verb: 'REMEMBER',
  family: 'consent',
  help: 'asks that somebody who agreed be found by their face, so that they are not shown without leave',
  details: [
    'It becomes a request: two moderators who did not ask approve it. Then 128 numbers are kept, sealed, and the picture is deleted.',
    'Files from outside and films with a CAST are looked at for faces that are remembered; FORGET FACE OF ends it at once.',
  ],
  variants: [
    {
      subject: ['FACE', 'OF'],
      name: 'face',
      help: 'the face in a picture, which shows nobody else',
      takes: aName,
      letters: null,
      clauses: {
        FROM: clause(picture, 'a JPEG, a PNG or a WebP'),
        EVIDENCE: clause(evidence, 'what the person signed or said, about this very use'),
        IDENTITY: clause(text, 'how it was made sure who it is'),
        BECAUSE: clause(text, 'anything else that the moderators should know'),
      },
    },
  ],
  examples: [
    {
      text: 'REMEMBER FACE OF "Jane Roe" FROM "jane.jpg" EVIDENCE "consent.pdf" IDENTITY "passport, seen in a video call"',
      says: 'asks that films which show her be found',
    },
  ],
});
