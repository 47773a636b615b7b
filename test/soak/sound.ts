import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { Facts } from '../../dsl/facts.ts';
import { checkArtifacts } from '../../engine/artifacts/orphans.ts';
import type { StoredArtifact } from '../../engine/artifacts/port.ts';
import type { Parts } from '../../engine/parts.ts';
import { runFfmpeg } from '../../workers/ffmpeg/run.ts';
import type { MediaTools } from '../../workers/ffmpeg/tools.ts';

/** What is wrong with the bytes, in words; empty when all is well: every row has the bytes that its hash names, every film decodes whole with as
 * many frames as its row says, what was written by TO is what its row says, and no file is there that belongs to nothing. Reads everything. */
export async function unsound({ store, artifacts }: Parts, media: MediaTools): Promise<string[]> {
  const rows = await store.query<StoredArtifact & { facts: Facts }>(
    'select hash, bytes, facts from artifacts',
  );
  const check = await checkArtifacts(artifacts, () => rows, { rehash: true });
  const problems = [
    ...named('a row has its bytes', check.lost),
    ...named('bytes are what their name says', check.corrupt),
    ...named('a file belongs to something', check.orphans),
  ];
  const hurt = new Set([...check.lost, ...check.corrupt].map(({ hash }) => hash));
  for (const { hash, facts } of rows) {
    if (facts.kind !== 'video' || hurt.has(hash)) continue;
    const path = await artifacts.path(hash);
    const decoding = ['-i', `file:${path}`, '-map', '0:v:0', '-f', 'null', '-'];
    const said = await runFfmpeg(media, decoding, { doing: 'decoding', frames: facts.frames }).then(
      ({ damage }) => (damage.any ? 'is damaged' : null),
      (error: Error) => error.message,
    );
    if (said !== null) problems.push(`every film decodes, but ${hash.slice(0, 12)} ${said}`);
  }
  return [...problems, ...(await wrongExports(store))];
}

/** Files that TO wrote, that a row vouches for, and that are not there or are others. */
async function wrongExports(store: Parts['store']): Promise<string[]> {
  const rows = await store.query<{ path: string; hash: string }>('select path, hash from exports');
  const wrong: string[] = [];
  for (const { path, hash } of rows) {
    const found = await readFile(path).catch(() => null);
    const is = found && createHash('sha256').update(found).digest('hex');
    if (is !== hash)
      wrong.push(`what TO wrote is there, but ${path} is ${is === null ? 'missing' : 'another'}`);
  }
  return wrong;
}

/** What processes left in homes that nobody uses any more: drafts, scratch folders, sessions. */
export async function leftIn(homes: string): Promise<string[]> {
  const files = await readdir(homes, { recursive: true });
  return files
    .filter((file) => /\/sessions\/[^/]+$/.test(file))
    .map((file) => `no session is left, but ${file}`);
}

function named(what: string, all: readonly StoredArtifact[]): string[] {
  const short = all.slice(0, 12).map(({ hash }) => hash.slice(0, 12));
  return all.length === 0 ? [] : [`${what}, but ${all.length}: ${short.join('; ')}`];
}
