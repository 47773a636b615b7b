import type { JsonObject } from '../../dsl/json.ts';
import type { ArtifactStore } from '../artifacts/port.ts';
import type { Queries } from '../store/port.ts';

/** Finished work. */
export interface FinishedWork {
  hash: string;
  notes: string[];
  details: JsonObject;
}

/** Work of this workspace that was done before and whose bytes are really there; null when it must be done. */
export async function findWork(
  queries: Queries,
  artifacts: ArtifactStore,
  workspace: string,
  key: string,
): Promise<FinishedWork | null> {
  const [work] = await queries.query<FinishedWork>(
    'select hash, notes, details from works where workspace = $1 and work_key = $2',
    [workspace, key],
  );
  return work !== undefined && (await artifacts.has(work.hash)) ? work : null;
}

/** Notes finished work for later; the newest wins. */
export async function recordWork(
  queries: Queries,
  workspace: string,
  key: string,
  work: FinishedWork,
): Promise<void> {
  await queries.query(
    `insert into works (workspace, work_key, hash, notes, details) values ($1, $2, $3, $4, $5)
     on conflict (workspace, work_key) do update
     set hash = excluded.hash, notes = excluded.notes, details = excluded.details, made_at = now()`,
    [workspace, key, work.hash, JSON.stringify(work.notes), JSON.stringify(work.details)],
  );
}
