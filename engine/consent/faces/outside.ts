import type { Facts } from '../../../dsl/facts.ts';
import { historyOf } from '../../provenance/history.ts';
import type { Queries } from '../../store/port.ts';
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

/** The files from outside that media of a workspace were made from, or are. */
export async function outsideUnder(
  queries: Queries,
  workspace: string,
  hash: string,
): Promise<Outside<null>[]> {
  const history = await historyOf(queries, workspace, hash);
  const hashes = [hash, ...(history?.sources ?? []).map((source) => source.hash)];
  return outsideOf(
    queries,
    workspace,
    hashes.map((each) => ({ hash: each, origin: null })),
  );
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
