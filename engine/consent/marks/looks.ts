import type { Queries } from '../../store/port.ts';

/** Work that a mark leads back to. */
export interface MadeHere {
  recipe: string;
  workspace: string;
}

/** Whether somebody who said no has not taken it back: else there is nothing to be found. */
export async function anybodySaidNo(queries: Queries): Promise<boolean> {
  const [row] = await queries.query<{ any: boolean }>(
    'select exists (select from opt_outs where ended_at is null) as any',
  );
  return row?.any === true;
}

/** What files were found to be made by, of those that were looked at. */
export async function madeOf(
  queries: Queries,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, readonly MadeHere[]>> {
  if (hashes.length === 0) return new Map();
  const rows = await queries.query<{ hash: string; made: MadeHere[] }>(
    'select hash, made from file_marks where hash = any ($1::text[])',
    [hashes],
  );
  return new Map(rows.map(({ hash, made }) => [hash, made]));
}

/** Keeps what a file of the store was found to be made by; nothing where the file went meanwhile. */
export async function rememberMarks(
  queries: Queries,
  hash: string,
  made: readonly MadeHere[],
): Promise<void> {
  await queries.query(
    `insert into file_marks (hash, made) select hash, $2::jsonb from artifacts where hash = $1
     on conflict (hash) do update set made = excluded.made, looked_at = now()`,
    [hash, JSON.stringify(made)],
  );
}

/** Finished work of any workspace whose keys begin with these payloads. Read through once for a file in which a mark was found, so that no job pays for an index. */
export async function madeBy(queries: Queries, payloads: readonly string[]): Promise<MadeHere[]> {
  if (payloads.length === 0) return [];
  return queries.query<MadeHere>(
    `select distinct recipe, workspace from jobs
     where operation = 'generate' and state = 'done' and left(work_key, 12) = any ($1::text[])
     order by workspace, recipe limit 50`,
    [payloads],
  );
}
