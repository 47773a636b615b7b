import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Egress } from '../egress/door.ts';
import { Failure } from '../failure.ts';
import { fetchFile, fetchLimits, tooLarge } from './fetch.ts';
import { fileNameOf, inWords, type Linked } from './take.ts';

/** A file that came along with a statement and becomes no media: evidence is nobody's business but the moderators'. */
export interface Attached {
  name: string;
  bytes: Uint8Array;
}

/** Reads a file that stands behind a link, or says why not, for people to read. */
export type Read = (
  linked: Linked,
  signal?: AbortSignal,
) => Promise<Attached | { code: string; message: string; hint: string | null }>;

/** Fetches under the egress rules, at most so many bytes. Nothing of it stays on the disk. */
export function createRead(tools: { egress: Egress; scratch: string; bytes: number }): Read {
  const limits = { ...fetchLimits, bytes: tools.bytes };
  return async (linked, signal) => {
    const file = join(tools.scratch, `read-${crypto.randomUUID()}`);
    try {
      if ((linked.bytes ?? 0) > limits.bytes) throw tooLarge(limits.bytes);
      await fetchFile(tools.egress, linked, file, limits, signal);
      return { name: fileNameOf(linked.name), bytes: await readFile(file) };
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof Failure)) throw error;
      return inWords(error);
    } finally {
      await rm(file, { force: true });
    }
  };
}
