import { aRequest } from '../consent-takes.ts';
import { clause, command } from '../operation.ts';
import { text } from '../values/text.ts';

/** Turns a request down. */
export const deny = command({
  verb: 'DENY',
  family: 'consent',
  help: 'turns a request about consent down, and says why',
  details: ['Moderators decide, and nobody on what they asked for.'],
  variants: [
    {
      subject: [],
      name: '',
      help: 'a request',
      takes: aRequest,
      letters: ['r'],
      clauses: { BECAUSE: clause(text, 'why; whoever asked reads it') },
    },
  ],
  examples: [{ text: 'DENY r9 BECAUSE "the paper is not signed"', says: 'turns r9 down' }],
});
