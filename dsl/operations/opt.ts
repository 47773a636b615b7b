import { aName } from '../consent-takes.ts';
import { clause, command } from '../operation.ts';
import { evidence } from '../values/evidence.ts';
import { flag } from '../values/flag.ts';
import { text } from '../values/text.ts';

/** Says no for somebody, or asks to take that back. */
export const opt = command({
  verb: 'OPT',
  family: 'consent',
  help: 'says that somebody may not be shown, or asks to take that back',
  details: [
    'OPT OUT holds at once and in every workspace: work that names the person stops, results are held, grants end.',
    'Anybody may say it; taking it back needs evidence, and two moderators who did not ask.',
  ],
  variants: [
    {
      subject: ['OUT'],
      name: 'out',
      help: 'nobody of this name may be shown any more',
      takes: aName,
      letters: null,
      clauses: {
        BECAUSE: clause(text, 'why, for the moderators'),
        ERASE: clause(flag, 'also asks that what is held be deleted for good'),
      },
    },
    {
      subject: ['IN'],
      name: 'in',
      help: 'asks to undo an opt-out',
      takes: aName,
      letters: null,
      clauses: {
        EVIDENCE: clause(evidence, 'what shows that this person wants it', { needed: true }),
        IDENTITY: clause(text, 'how it was made sure who it is', { needed: true }),
        BECAUSE: clause(text, 'why'),
      },
    },
  ],
  examples: [
    { text: 'OPT OUT "Jane Roe"', says: 'Jane Roe is shown nowhere any more' },
    {
      text: 'OPT IN "Jane Roe" EVIDENCE "letter.pdf" IDENTITY "passport, seen in a video call"',
      says: 'asks to take it back',
    },
  ],
});
