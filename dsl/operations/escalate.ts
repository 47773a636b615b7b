import { aRequest } from '../consent-takes.ts';
import { clause, command } from '../operation.ts';
import { text } from '../values/text.ts';

/** Leaves a request to the admins. */
export const escalate = command({
  verb: 'ESCALATE',
  family: 'consent',
  help: 'leaves a request about consent to the admins',
  details: ['From then on only admins decide on it.'],
  variants: [
    {
      subject: [],
      name: '',
      help: 'a request',
      takes: aRequest,
      letters: ['r'],
      clauses: { BECAUSE: clause(text, 'why, for the admins') },
    },
  ],
  examples: [{ text: 'ESCALATE r9 BECAUSE "her lawyer wrote"', says: 'leaves r9 to an admin' }],
});
