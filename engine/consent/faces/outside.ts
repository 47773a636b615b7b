import type { Facts } from '../../../dsl/facts.ts';
import type { Queries } from '../../store/port.ts';
import { madeFrom } from '../gate/made-from.ts';
import type { Outside } from './gate.ts';

/** Those of these media that are files from outside, as they are called in their workspace. */
export async function outsideOf<Origin>(
  queries: Queries,
  workspace: string,
  media: readonly { hash: string; origin: Origin }[],
): Promise<Outside<Origin>[]> {
  if (media.length === 0) return [];
  const rows = await queries.query<{ hash: string; id: string; name: string; facts: Facts }>(
    `select hash, letter || number as id, source as name, facts
     from media join artifacts using (hash)
     where workspace = $1 and hash = any ($2::text[]) and source is not null and letter in ('v', 'i')`,
    [workspace, [...new Set(media.map(({ hash }) => hash))]],
  );
  const known = new Map(rows.map((row) => [row.hash, row]));
  return media.flatMap(({ hash, origin }) => {
    const found = known.get(hash);
    if (found === undefined) return [];
    const { id, name, facts } = found;
    return [{ hash, facts, name: name === id ? id : `${id} (${name})`, claim: id, origin }];
  });
}

/** The files from outside that media of a workspace were made from, or are. Where a step was removed meanwhile nobody knows any more what it came from: then it counts as a file
 * from outside itself. */
export async function outsideUnder(
  queries: Queries,
  workspace: string,
  hash: string,
): Promise<Outside<null>[]> {
  const rows = await queries.query<{ hash: string; lost: boolean }>(
    `with recursive ${madeFrom}
     select hash, bool_or(job is null and not exists (
       select from media where workspace = $1 and media.hash = made.hash and source is not null)) as lost
     from made where hash is not null group by hash`,
    [workspace, hash],
  );
  const known = await outsideOf(
    queries,
    workspace,
    rows.map((row) => ({ hash: row.hash, origin: null })),
  );
  return rows.some(({ lost }) => lost) ? [...known, ...(await asOutside(queries, workspace, hash))] : known;
}

/** Bytes of which nobody knows what they were made from. */
async function asOutside(queries: Queries, workspace: string, hash: string): Promise<Outside<null>[]> {
  const rows = await queries.query<{ id: string | null; facts: Facts }>(
    `select letter || number as id, facts from artifacts left join media on media.workspace = $1 and media.hash = artifacts.hash
     where artifacts.hash = $2`,
    [workspace, hash],
  );
  return rows.map(({ id, facts }) => ({
    ...{ hash, facts, claim: id, origin: null },
    name: id ?? 'the picture that it begins with',
  }));
}

/** What a generator works from: files from outside as they are, and pictures that were made from such files (the last frame of a clip, say, or of what a clip
 * became), which are looked at themselves. */
export async function workedFrom(
  queries: Queries,
  workspace: string,
  pictures: readonly { hash: string; facts: Facts | null }[],
): Promise<Outside<null>[]> {
  const found: Outside<null>[] = [];
  for (const { hash, facts } of pictures) {
    const files = await outsideUnder(queries, workspace, hash);
    const itself = files.filter((file) => file.hash === hash);
    found.push(
      ...(itself.length > 0 ? itself : files.map((file) => ({ ...file, picture: { hash, facts } }))),
    );
  }
  return found;
}
