import type { Facts } from '../../dsl/facts.ts';
import type { JsonObject } from '../../dsl/json.ts';
import type { Kind } from '../../dsl/kind.ts';
import { thereFor } from '../artifacts/freed.ts';
import { epochOf } from '../consent/gate/name-index.ts';
import { ConsentChanged } from '../consent/gate/stale.ts';
import { recordPreview } from '../delivery/previews.ts';
import { lockWorkspace, recordArtifact } from '../media.ts';
import type { Parts } from '../parts.ts';
import type { Queries } from '../store/port.ts';
import { advance, publishResult } from './advance.ts';
import type { Claimed } from './claim.ts';
import { growRun } from './grow.ts';
import { noteRecalled, recordWork } from './recall.ts';
import { endRun, lockToPublish, settle } from './run-row.ts';
import { charge, isDrawn } from './share.ts';

/** What a job came to: bytes that the artifact store holds already, bytes recalled from earlier work, or an effect. */
export type Outcome =
  | {
      type: 'made' | 'recalled';
      hash: string;
      bytes: number;
      kind: Kind;
      facts: Facts;
      notes: readonly string[];
      details: JsonObject;
      /** Holds for now only, so the same work is done again, not recalled. */
      fleeting?: boolean;
    }
  | {
      type: 'effected';
      path: string | null;
      url: string | null;
      notes: readonly string[];
      preview?: MadePreview;
    };

/** A smaller form of what an effect read, its bytes in the store already. */
export interface MadePreview {
  hash: string;
  bytes: number;
  facts: Facts;
  /** How many bytes it was to have at most. */
  fits: number;
  says: string;
}

/** Publishes what a job came to and marks it done in one transaction: the result is visible with its id and name, or nothing is.
 * Returns false when the job is not this worker's any more (another took it over, or it was cancelled): then nothing is written. Throws
 * Failure PQL612 when the bytes were swept since they were put, and ConsentChanged when `admitted`, the epoch of consent under which it may be published, is
 * not the present one: nobody can raise that until it is published. */
export async function complete(
  parts: Parts,
  job: Claimed,
  came: Outcome,
  admitted: number | null = null,
): Promise<boolean> {
  const rings = await parts.store.transaction(async (queries) => {
    const outcome = await withNotes(queries, job, came);
    // Sent together: what others did until the run is locked, the second sees. A job whose run is gone is gone too.
    const [run, done] = await Promise.all([
      lockToPublish(queries, job.run),
      markDone(queries, job, outcome, admitted),
    ]);
    if (done === null && admitted !== null && (await epochOf(queries)) !== admitted)
      throw new ConsentChanged();
    if (run === null || done === null) return null;
    if (outcome.type === 'effected') {
      await recordExport(queries, job, outcome.path);
      if (outcome.preview !== undefined) await keepPreview(queries, parts, job, outcome.preview);
    } else {
      await thereFor(queries, parts.artifacts, outcome.hash);
      await lockWorkspace(queries, job.workspace);
      await recordArtifact(queries, outcome);
      if (!done.segment) await publishResult(queries, job.workspace, job, outcome.hash);
      if (job.workKey !== null) await remember(queries, job, job.workKey, outcome);
    }
    // What a list grows into may be ready at once, whatever it reads.
    const grew = done.grows && (await growRun(queries, parts.artifacts, run, job.id));
    const released =
      done.awaited || grew
        ? await advance(queries, parts.artifacts, run, grew ? 'all' : [job.id], parts.metrics)
        : [];
    if (done.awaited || grew) await settle(queries, job.run);
    else if (done.last) await endRun(queries, job.run);
    if (isDrawn(job.id, done.seconds)) await charge(queries, job);
    // Its slot is free for another one, which nobody rang for while there was none.
    return done.throttled ? [...released, { lane: job.lane, job: job.id }] : released;
  });
  if (rings === null) return false;
  parts.news.changed(job.run);
  for (const ring of rings) await parts.queue.ring(ring.lane, ring.job);
  return true;
}

/** What is said of segments is said of the whole: that the clip is damaged, say. */
async function withNotes(queries: Queries, job: Claimed, outcome: Outcome): Promise<Outcome> {
  if (outcome.type !== 'made' || job.inputs.every(({ role }) => role !== 'segment')) return outcome;
  const rows = await queries.query<{ notes: string[] }>(
    'select notes from jobs where segment_of = $1 order by id',
    [job.id],
  );
  return { ...outcome, notes: [...new Set([...outcome.notes, ...rows.flatMap(({ notes }) => notes)])] };
}

async function remember(
  queries: Queries,
  { workspace, operation }: Claimed,
  key: string,
  outcome: Exclude<Outcome, { type: 'effected' }>,
): Promise<void> {
  if (outcome.fleeting) return;
  if (outcome.type === 'made') await recordWork(queries, workspace, key, { ...outcome, operation });
  else await noteRecalled(queries, workspace, [key]);
}

interface Done {
  awaited: boolean;
  grows: boolean;
  throttled: boolean;
  /** It made a segment for another job, of which nobody sees anything. */
  segment: boolean;
  /** Nothing else of its run is left. */
  last: boolean;
  /** That it was in hand. */
  seconds: number;
}

/** Says whether other jobs wait for it; null when `epoch` is not the job's any more, or it was admitted under another than the present. */
async function markDone(
  queries: Queries,
  job: Claimed,
  outcome: Outcome,
  admitted: number | null,
): Promise<Done | null> {
  const effect = outcome.type === 'effected';
  const [row] = await queries.query<Done>(
    `update jobs set state = 'done', lease_until = null, result = $3, path = $4, url = $5, notes = $6, details = $7,
            recalled = $8, failure = null, finished_at = now(), changed = nextval('job_changes')
     where id = $1 and epoch = $2 and state = 'running'
       and ($9::bigint is null or $9::bigint = (select consent_head.epoch from consent_head))
     returning exists (select from job_inputs where from_job = $1) as awaited, grows is not null as grows,
               throttle is not null as throttled, segment_of is not null as segment,
               not exists (
                 select from jobs other
                 where other.run_id = jobs.run_id and other.state in ('blocked', 'ready', 'running') and other.id <> $1) as last,
               coalesce(extract(epoch from clock_timestamp() - claimed_at), 0)::double precision as seconds`,
    [
      job.id,
      job.epoch,
      effect ? (job.inputs[0]?.hash ?? null) : outcome.hash,
      effect ? outcome.path : null,
      effect ? outcome.url : null,
      JSON.stringify(outcome.notes),
      JSON.stringify(effect ? {} : outcome.details),
      outcome.type === 'recalled',
      admitted,
    ],
  );
  return row ?? null;
}

async function keepPreview(
  queries: Queries,
  { artifacts }: Parts,
  { workspace, inputs }: Claimed,
  preview: MadePreview,
): Promise<void> {
  const of = inputs[0]?.hash;
  if (of === undefined) return;
  await thereFor(queries, artifacts, preview.hash);
  await recordArtifact(queries, { ...preview, kind: preview.facts.kind });
  await recordPreview(queries, { workspace, of, ...preview });
}

async function recordExport(queries: Queries, job: Claimed, path: string | null): Promise<void> {
  const hash = job.inputs[0]?.hash;
  if (path === null || hash === undefined) return;
  await queries.query(
    `insert into exports (workspace, path, hash, job_id) values ($1, $2, $3, $4)
     on conflict (workspace, path) do update
     set hash = excluded.hash, job_id = excluded.job_id, written_at = now()`,
    [job.workspace, path, hash, job.id],
  );
}
