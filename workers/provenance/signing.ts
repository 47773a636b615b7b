import { stat } from 'node:fs/promises';
import { Failure } from '../../engine/failure.ts';
import type { Signing } from '../../engine/provenance/leave.ts';
import type { OwnFiles } from '../../engine/provenance/own-files.ts';
import { readCredentials } from './credentials.ts';
import type { ProvenanceAnswer } from './job.ts';
import { type Bounds, boundsFor, runChild } from './run-child.ts';

/** Signs with the certificate of the files, or with the test certificate of the home. Both are read whenever something leaves, which takes a
 * millisecond: a certificate that was renewed counts at once, one that has ended counts no more. */
export function createSigning(home: string, own: OwnFiles | null, bounds?: Bounds): Signing {
  return {
    signer: async () => (await readCredentials(home, own)).id,
    async sign(job) {
      const may = bounds ?? (await boundsFor([job.source, ...job.files.values()]));
      const answer = await trying(job, may.added, async (files, wary, heard) => {
        const { signal, ...rest } = job;
        const credentials = await readCredentials(home, own);
        return runChild({ do: 'sign', ...rest, files, wary, credentials }, { ...may, signal, heard });
      });
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

type Job = Parameters<Signing['sign']>[0];

/** Credentials of an ingredient that nobody can read in decency stay behind: it is named without them. The third that is so, and what is no
 * single one's fault, takes those of all others with it. */
async function trying(
  { files: all, source, target }: Job,
  added: number,
  sign: (files: Job['files'], wary: boolean, heard: (at: string | null) => void) => Promise<ProvenanceAnswer>,
): Promise<ProvenanceAnswer> {
  const files = new Map(all);
  let wary = false;
  for (let left = 3; ; left--) {
    let at: string | null = null;
    const answer = await sign(files, wary, (now) => {
      at = now;
    });
    const fits = 'problem' in answer || (await sizeOf(target)) - (await sizeOf(source)) <= added;
    if (files.size === 0 || (!('problem' in answer) && fits)) return answer;
    if (at !== null && left > 0) files.delete(at);
    else if (!wary && fits) wary = true;
    else files.clear();
  }
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file)).size;
}
