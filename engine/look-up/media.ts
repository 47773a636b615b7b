import type { Facts } from '../../dsl/facts.ts';
import { identifier } from '../../dsl/identifier.ts';
import type { Kind } from '../../dsl/kind.ts';
import type { Known } from '../../dsl/world.ts';
import type { Queries } from '../store/port.ts';

interface MediaRow {
  key: string | null;
  hash: string;
  kind: Kind;
  facts: Facts;
  letter: string;
  number: number;
  recipe: string | null;
}

/** What names (in lower case), ids such as `v12`, and `_` stand for in a workspace; null for what stands for nothing. */
export async function lookUpMedia(
  queries: Queries,
  workspace: string,
  names: readonly string[],
): Promise<Map<string, Known | null>> {
  const found = new Map<string, Known | null>(names.map((name) => [name, null]));
  const ids = names.filter((name) => identifier(name) !== null);
  const rows = names.length === 0 ? [] : await mediaNamed(queries, workspace, names, ids);
  for (const row of rows) found.set(row.key ?? `${row.letter}${row.number}`, known(row));
  if (found.has('_')) found.set('_', await lastResult(queries, workspace));
  return found;
}

/** What completion and did-you-mean choose from: names first, then ids, the newest first. */
export async function namesIn(queries: Queries, workspace: string, most = 500): Promise<string[]> {
  const named = await queries.query<{ name: string }>(
    'select name from names where workspace = $1 order by given_at desc limit $2',
    [workspace, most],
  );
  const ids = await queries.query<{ id: string }>(
    `select letter || number as id from media where workspace = $1 order by id desc limit $2`,
    [workspace, most],
  );
  return [...named.map(({ name }) => name), ...ids.map(({ id }) => id)];
}

const columns = `artifacts.hash, artifacts.kind, artifacts.facts, media.letter, media.number, media.recipe`;

/** A name that somebody gave comes before an id of the same letters, so ids are asked for first and names overwrite them. */
async function mediaNamed(
  queries: Queries,
  workspace: string,
  names: readonly string[],
  ids: readonly string[],
): Promise<MediaRow[]> {
  const byId = await queries.query<MediaRow>(
    `select null as key, ${columns}
     from media join artifacts using (hash)
     where media.workspace = $1 and media.letter || media.number = any ($2)`,
    [workspace, [...ids]],
  );
  const byName = await queries.query<MediaRow>(
    `select names.key, ${columns}
     from names join media on media.id = names.media_id join artifacts using (hash)
     where names.workspace = $1 and names.key = any ($2)`,
    [workspace, [...names]],
  );
  return [...byId, ...byName];
}

/** Of the newest group that made something, its last result. */
async function lastResult(queries: Queries, workspace: string): Promise<Known | null> {
  const [row] = await queries.query<MediaRow>(
    `select null as key, ${columns}
     from jobs
       join artifacts on artifacts.hash = jobs.result
       join media on media.hash = artifacts.hash and media.workspace = jobs.workspace
     where jobs.workspace = $1 and jobs.state = 'done' and not jobs.effect
     order by jobs.run_id desc, jobs.position desc
     limit 1`,
    [workspace],
  );
  return row === undefined ? null : known(row);
}

function known({ hash, kind, facts, letter, number, recipe }: MediaRow): Known {
  return { hash, kind, facts, id: `${letter}${number}`, recipe };
}
