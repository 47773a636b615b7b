import { aName } from '../consent-takes.ts';
import { clause, command } from '../operation.ts';
import { date } from '../values/date.ts';
import { evidence } from '../values/evidence.ts';
import { several } from '../values/several.ts';
import { text } from '../values/text.ts';
import { word } from '../values/word.ts';

/** Asks that somebody may be shown in this workspace. */
export const grant = command({
  verb: 'GRANT',
  family: 'consent',
  help: 'asks that somebody who agreed may be shown in this workspace',
  details: [
    'It becomes a request: two moderators who did not ask read the evidence and approve it; then it is signed.',
    'A grant holds in the workspace where it was asked for. TERRITORY is told to whoever uses it; nobody here can see where a film is shown.',
  ],
  variants: [
    {
      subject: [],
      name: '',
      help: 'who, for what, from when until when, and what proves it',
      takes: aName,
      letters: null,
      clauses: {
        USE: clause(several(word({ noun: 'use', words: ['likeness', 'voice'] }), 2), 'what may be used', {
          default: ['likeness'],
        }),
        FROM: clause(date, 'the first day; today when it is left out'),
        UNTIL: clause(date, 'the day on which it ends, at most ten years from now', { needed: true }),
        TERRITORY: clause(text, 'where the film may be shown'),
        EXCEPT: clause(several(text, 40), 'what it is not for: words that may not stand in the text'),
        EVIDENCE: clause(evidence, 'what the person signed or said', { needed: true }),
        IDENTITY: clause(text, 'how it was made sure who it is', { needed: true }),
        BECAUSE: clause(text, 'anything else that the moderators should know'),
      },
    },
  ],
  examples: [
    {
      text: 'GRANT "Jane Roe" USE likeness UNTIL 2027-01-31 EVIDENCE "consent.pdf" IDENTITY "passport, seen in a video call"',
      says: 'asks for leave to show her',
    },
  ],
});
