import type { Facts } from '../../dsl/facts.ts';
import type { Kind } from '../../dsl/kind.ts';
import type { Parts } from '../parts.ts';
import type { Queries } from '../store/port.ts';
import type { Claimed } from './claim.ts';
import type { Outcome } from './complete.ts';
import { findWork } from './recall.ts';

/** Equal work may have been finished between a job's release and its claim, as when it waited for a twin; null when it was not. */
export async function recallNow(parts: Parts, job: Claimed): Promise<Outcome | null> {
  if (job.workKey === null) return null;
  const work = await findWork(parts.store, parts.artifacts, job.workspace, job.workKey);
  const artifact = work === null ? null : await readArtifact(parts.store, work.hash);
  return work === null || artifact === null ? null : { type: 'recalled', ...work, ...artifact };
}

async function readArtifact(
  queries: Queries,
  hash: string,
): Promise<{ kind: Kind; facts: Facts; bytes: number } | null> {
  const [row] = await queries.query<{ kind: Kind; facts: Facts; bytes: number }>(
    'select kind, facts, bytes from artifacts where hash = $1',
    [hash],
  );
  return row ?? null;
}
