import { join } from 'node:path';
import type { Cutting } from '../mp4/reel.ts';
import { renumberedEntry } from '../mp4/renumber.ts';
import { renumberedCutting } from '../mp4/renumber-track.ts';
import type { Clip } from './clip.ts';
import type { Part } from './parts.ts';

/** What a film copies, and what it does instead where that turned out to be impossible. */
export interface Copies {
  parts: Part[];
  /** Where the packets of each part that is copied lie. */
  cuttings: ReadonlyMap<Part, Cutting>;
  /** The entries of those, in the film's order. */
  entries: readonly Buffer[];
  /** Clips of which something is encoded that was to be copied. */
  refused: ReadonlySet<number>;
  /** The clip that is copied first. */
  first: Clip | null;
}

/** Finds the packets that are copied; those whose parameter sets get another number are written anew into scratch. A part is encoded after
 * all where its packets cannot be renumbered. */
export async function copiesOf(
  parts: readonly Part[],
  clips: readonly Clip[],
  { scratch, signal }: { scratch: string; signal: AbortSignal },
): Promise<Copies> {
  const laid: Part[] = [];
  const cuttings = new Map<Part, Cutting>();
  const entries: Buffer[] = [];
  const refused = new Set<number>();
  let first: Clip | null = null;
  for (const [index, part] of parts.entries()) {
    const clip = clips[part.clip]!;
    const output = join(scratch, `packets-${index}`);
    const copy = part.do === 'copy' ? await copyOf(clip, part, output, signal) : null;
    if (copy === null) {
      if (part.do === 'copy') refused.add(part.clip);
      laid.push(part.do === 'copy' ? { ...part, do: 'encode' } : part);
      continue;
    }
    laid.push(part);
    cuttings.set(part, copy.cutting);
    entries.push(copy.entry);
    first ??= clip;
  }
  return { parts: laid, cuttings, entries, refused, first };
}

async function copyOf(
  { path, video, number = null }: Clip,
  { from, to }: { from: number; to: number },
  output: string,
  signal: AbortSignal,
): Promise<{ cutting: Cutting; entry: Buffer } | null> {
  const { entry, track } = video!;
  const cutting = { path, track, from, to };
  if (number === null) return { cutting, entry };
  const anew = renumberedEntry(entry, number);
  const packets = anew && (await renumberedCutting(cutting, number, output, signal));
  return anew && packets ? { cutting: packets, entry: anew } : null;
}
