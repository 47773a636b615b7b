import { stat } from 'node:fs/promises';
import { Failure } from '../../engine/failure.ts';
import type { Signing } from '../../engine/provenance/leave.ts';
import type { OwnFiles } from '../../engine/provenance/own-files.ts';
import { type Credentials, readCredentials } from './credentials.ts';
import type { ProvenanceAnswer } from './job.ts';
import { type Bounds, boundsFor, runChild } from './run-child.ts';
import { openTimeRelay, type TimeRelay } from './time-relay.ts';
import type { AskTime } from './time-stamp.ts';

/** Signs with the certificate of the files, or with the test certificate of the home. Both are read whenever something leaves, which takes a
 * millisecond: a certificate that was renewed counts at once, one that has ended counts no more. Where `askTime` is given, an authority says when
 * that was; an authority that does not keeps nothing from leaving. */
export function createSigning(
  home: string,
  own: OwnFiles | null,
  { askTime = null, bounds }: { askTime?: AskTime | null; bounds?: Bounds } = {},
): Signing {
  return {
    async signer() {
      const { id, certificate } = await readCredentials(home, own);
      return { id, certificate };
    },
    async sign(job) {
      const credentials = await readCredentials(home, own);
      const may = bounds ?? (await boundsFor([job.source, ...job.files.values()]));
      const never = new AbortController().signal;
      const relay = askTime === null ? null : await openTimeRelay(askTime, job.signal ?? never);
      try {
        const { answer, notes } = await stamping(job, credentials, may, relay);
        if (!('problem' in answer)) return notes;
        throw new Failure(
          'permanent',
          'PQL627',
          `content credentials could not be written: ${answer.problem}`,
          { hint: 'nothing left the house; the film is kept, and RETRY tries again' },
        );
      } finally {
        await relay?.[Symbol.asyncDispose]();
      }
    },
  };
}

type Job = Parameters<Signing['sign']>[0];

/** Signs with a time stamp where one is to be had, else without, and says so. */
async function stamping(
  { signal, ...job }: Job,
  credentials: Credentials,
  may: Bounds,
  relay: TimeRelay | null,
): Promise<{ answer: ProvenanceAnswer; notes: string[] }> {
  let url = relay?.url ?? null;
  const notes: string[] = [];
  const answer = await trying(job, may.added, async (files, wary, heard) => {
    const once = () =>
      runChild({ do: 'sign', ...job, files, wary, credentials, timeFrom: url }, { ...may, signal, heard });
    const first = await once();
    // Nobody asks for the time before all else is done, so it was for want of that.
    if (url === null || !('problem' in first) || relay?.asked() !== true) return first;
    url = null;
    notes.push(`signed without a time stamp: ${relay.problem() ?? `what came is none (${first.problem})`}`);
    return once();
  });
  return { answer, notes };
}

/** Credentials of an ingredient that nobody can read in decency stay behind: it is named without them. The third that is so, and what is no
 * single one's fault, takes those of all others with it. */
async function trying(
  { files: all, source, target }: Pick<Job, 'files' | 'source' | 'target'>,
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
