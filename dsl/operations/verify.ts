import type { VerifyArguments } from '../arguments.ts';
import { job, oneFile } from '../operation.ts';

/** Where a file came from. */
export const verify = job({
  verb: 'VERIFY',
  family: 'understand',
  help: 'tells where a film came from and whether it was changed since it was signed',
  details: [
    'Reads the content credentials (C2PA) in a file: who signed it, what was done, what it is made from. Of what was made here, those it leaves with.',
    'Looks for the mark of WatchAI in the frames, which stays when a film is stripped, encoded again, made smaller, mirrored, cut at its borders or put between bars.',
    'Valid means unchanged since it was signed; who is behind a certificate that is not ours is not looked up. A time stamp keeps it valid after its certificate has ended, where its authority is trusted here. Nothing is fetched from the network.',
    'As text; TO credentials.json writes the same as JSON.',
  ],
  version: 3,
  takes: oneFile,
  gives: 'text',
  clauses: {},
  examples: [
    { text: 'VERIFY "clips/run.mp4"', says: 'what a file says of itself, and whether that holds' },
    { text: 'VERIFY v12 TO out/credentials.json', says: 'the same as JSON' },
  ],
  arguments: (): VerifyArguments => ({}),
  lane: () => 'cpu',
  predict: () => ({ kind: 'text' }),
});
