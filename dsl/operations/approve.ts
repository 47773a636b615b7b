import { aRequest } from '../consent-takes.ts';
import { command } from '../operation.ts';

/** Agrees to a request. */
export const approve = command({
  verb: 'APPROVE',
  family: 'consent',
  help: 'agrees to a request about consent',
  details: [
    'Moderators decide, and nobody on what they asked for. A grant, an OPT IN and an erasure need two of them.',
  ],
  variants: [{ subject: [], name: '', help: 'a request', takes: aRequest, letters: ['r'] }],
  examples: [{ text: 'APPROVE r9', says: 'agrees to r9' }],
});
