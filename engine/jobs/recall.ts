import type { JsonObject } from '../../dsl/json.ts';
import type { ArtifactStore } from '../artifacts/port.ts';
import type { Queries } from '../store/port.ts';

/** Finished work. */
export interface FinishedWork {
  hash: string;
  notes: readonly string[];
  details: JsonObject;
}

/** Work of this workspace that was done before and whose bytes are really there, by key; what is missing must be done. */
export async function findWorks(
  queries: Queries,
  artifacts: ArtifactStore,
  workspace: string,
  keys: readonly string[],
): Promise<Map<string, FinishedWork>> {
  if (keys.length === 0) return new Map();
  const rows = await queries.query<FinishedWork & { key: string }>(
    'select work_key as key, hash, notes, details from works where workspace = $1 and work_key = any($2::text[])',
    [workspace, keys],
  );
  const there = await Promise.all(rows.map((row) => artifacts.has(row.hash)));
  return new Map(rows.filter((_, at) => there[at]).map(({ key, ...work }) => [key, work]));
}

/** The same for one key. */
export async function findWork(
  queries: Queries,
  artifacts: ArtifactStore,
  workspace: string,
  key: string,
): Promise<FinishedWork | null> {
  return (await findWorks(queries, artifacts, workspace, [key])).get(key) ?? null;
}

/** Notes finished work for later; the newest wins. */
export async function recordWork(
  queries: Queries,
  workspace: string,
  key: string,
  work: FinishedWork & { operation: string },
): Promise<void> {
  await queries.query(
    `insert into works (workspace, work_key, hash, notes, details, operation) values ($1, $2, $3, $4, $5, $6)
     on conflict (workspace, work_key) do update
     set hash = excluded.hash, notes = excluded.notes, details = excluded.details, operation = excluded.operation,
         made_at = now(), used_at = now()`,
    [workspace, key, work.hash, JSON.stringify(work.notes), JSON.stringify(work.details), work.operation],
  );
}

/** Says that finished work was of use again, to the hour: PURGE CACHE asks in days, and every write leaves a dead row behind. */
export async function noteRecalled(
  queries: Queries,
  workspace: string,
  keys: readonly string[],
): Promise<void> {
  await queries.query(
    `update works set used_at = now()
     where workspace = $1 and work_key = any ($2::text[]) and used_at < now() - interval '1 hour'`,
    [workspace, keys],
  );
}
