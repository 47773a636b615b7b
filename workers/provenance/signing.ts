import { Failure } from '../../engine/failure.ts';
import type { Signing } from '../../engine/provenance/leave.ts';
import type { OwnFiles } from '../../engine/provenance/own-files.ts';
import { type Credentials, readCredentials } from './credentials.ts';
import { runChild } from './run-child.ts';

/** Signs with the certificate of the files, or with the test certificate of the home, which is read or made when it is first needed. */
export function createSigning(home: string, own: OwnFiles | null): Signing {
  let ready: Promise<Credentials> | null = null;
  const credentials = () => {
    ready ??= readCredentials(home, own).catch((error) => {
      ready = null;
      throw error;
    });
    return ready;
  };
  return {
    signer: async () => (await credentials()).id,
    async sign({ signal, ...job }) {
      const answer = await runChild({ do: 'sign', ...job, credentials: await credentials() }, { signal });
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
