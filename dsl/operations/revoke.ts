import { aRequest } from '../consent-takes.ts';
import { clause, command } from '../operation.ts';
import { text } from '../values/text.ts';

/** Ends a grant. */
export const revoke = command({
  verb: 'REVOKE',
  family: 'consent',
  help: 'ends a grant at once: work under it stops, its results are held',
  details: ['One moderator is enough. A new grant needs two again.'],
  variants: [
    {
      subject: [],
      name: '',
      help: 'a grant',
      takes: { ...aRequest, noun: 'a grant' },
      letters: ['r'],
      clauses: { BECAUSE: clause(text, 'why') },
    },
  ],
  examples: [{ text: 'REVOKE r9 BECAUSE "she asked us to"', says: 'ends the grant r9' }],
});
