import { Failure } from '../../engine/failure.ts';
import type { Signing } from '../../engine/provenance/leave.ts';
import type { OwnFiles } from '../../engine/provenance/own-files.ts';
import { readCredentials } from './credentials.ts';
import { runChild } from './run-child.ts';

/** Signs with the certificate of the files, or with the test certificate of the home. Both are read whenever something leaves, which takes a
 * millisecond: a certificate that was renewed counts at once, one that has ended counts no more. */
export function createSigning(home: string, own: OwnFiles | null): Signing {
  return {
    signer: async () => (await readCredentials(home, own)).id,
    async sign({ signal, ...job }) {
      const credentials = await readCredentials(home, own);
      const answer = await runChild({ do: 'sign', ...job, credentials }, { signal });
      if (!('problem' in answer)) return;
      throw new Failure(
        'permanent',
        'PQL627',
        `content credentials could not be written: ${answer.problem}`,
        {
          hint: 'nothing left the house; the film is kept, and RETRY tries again',
        },
      );
    },
  };
}
