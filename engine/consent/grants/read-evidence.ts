import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Asker } from '../../asker.ts';
import type { Attached } from '../../attachments/read.ts';
import { findTarget } from '../../commands/target.ts';
import { openLocal } from '../../look-up/open-local.ts';
import type { Parts } from '../../parts.ts';
import { type Evidence, largestEvidence } from './evidence.ts';

/** Why evidence cannot be used, in words. */
export interface NoEvidence {
  problem: string;
  hint: string | null;
}

/** Reads what EVIDENCE names: a local file in quotes, below the asker's import root, media of the workspace by id or name, or `this`, which came
 * along with the statement. */
export async function readEvidence(
  value: string,
  asker: Asker,
  parts: Parts,
  folder: string,
  attached: Attached | null = null,
): Promise<Evidence | NoEvidence> {
  if (isAttached(value))
    return attached === null ? nothingAttached : evidenceOf(attached.name, attached.bytes);
  return value.startsWith('"')
    ? readFileOf(JSON.parse(value) as string, asker, folder)
    : readMediaOf(value, asker, parts);
}

/** Whether EVIDENCE names the file that came along. */
export function isAttached(value: unknown): boolean {
  return typeof value === 'string' && value.toLowerCase() === 'this';
}

const nothingAttached: NoEvidence = {
  problem: 'nothing came along that could be this',
  hint: 'attach a scan, a letter or a recording to what you say',
};

async function readFileOf(path: string, asker: Asker, folder: string): Promise<Evidence | NoEvidence> {
  if (asker.importRoot === null)
    return { problem: 'there are no local files here', hint: 'attach the file and name it by its id' };
  const opened = await openLocal(path, asker.importRoot, folder);
  if ('problem' in opened) return { problem: `${path}: ${opened.problem}`, hint: opened.hint ?? null };
  try {
    if (opened.stats.size > BigInt(largestEvidence)) return tooLarge(path);
    return evidenceOf(basename(path), await opened.handle.readFile());
  } finally {
    await opened.handle.close();
  }
}

async function readMediaOf(name: string, asker: Asker, parts: Parts): Promise<Evidence | NoEvidence> {
  const found = await findTarget(parts.store, asker.workspace, name);
  if (found?.is !== 'media')
    return {
      problem: `there is no ${name} in this workspace`,
      hint: 'name a file in quotes, or an id such as i3',
    };
  const path = await parts.artifacts.path(found.hash);
  if ((await stat(path)).size > largestEvidence) return tooLarge(name);
  return evidenceOf(found.id, await readFile(path));
}

function tooLarge(name: string): NoEvidence {
  return {
    problem: `${name} is larger than ${largestEvidence / 1e6} MB`,
    hint: 'a page or a minute is enough',
  };
}

function evidenceOf(name: string, bytes: Uint8Array): Evidence {
  return { sha256: createHash('sha256').update(bytes).digest('hex'), name, bytes };
}
