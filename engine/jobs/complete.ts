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
import { advance, publishResult, type Ring } from './advance.ts';
import type { Claimed } from './claim.ts';
import { growRun } from './grow.ts';
import { noteRecalled, recordWork } from './recall.ts';
import { endRun, lockToPublish, type RunRow, settle } from './run-row.ts';
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

/** A job of this worker's that came to something. */
export interface End {
  job: Claimed;
  outcome: Outcome;
  /** The epoch of consent under which it may be published; null where that was asked at the door it left by. */
  admitted: number | null;
}

/** Publishes what a job came to and marks it done in one transaction: the result is visible with its id and name, or nothing is.
 * Returns false when the job is not this worker's any more (another took it over, or it was cancelled): then nothing is written. Throws
 * Failure PQL612 when the bytes were swept since they were put, and ConsentChanged when `admitted`, the epoch of consent under which it may be published, is
 * not the present one: nobody can raise that until it is published. */
export async function complete(
  parts: Parts,
  job: Claimed,
  outcome: Outcome,
  admitted: number | null = null,
): Promise<boolean> {
  const done = await completeAll(parts, [{ job, outcome, admitted }]);
  return done.has(job.id);
}

/** The same for several in one transaction; the row ids of those that were still this worker's. */
export async function completeAll(parts: Parts, came: readonly End[]): Promise<Set<number>> {
  const { done, rings } = await parts.store.transaction(async (queries) => {
    // One order for all, so nobody waits in a circle: the runs by their ids, then workspace by workspace, then the shares.
    const ends = await Promise.all(came.toSorted(inOrder).map((end) => withNotes(queries, end)));
    // Sent together: what others did until the runs are locked, the second sees. A job whose run is gone is gone too.
    const [runs, rows] = await Promise.all([
      lockToPublish(queries, [...new Set(ends.map(({ job }) => job.run))]),
      markDone(queries, ends),
    ]);
    const done = new Map(rows.map((row) => [row.id, row]));
    await insistOnEpoch(
      queries,
      ends.filter(({ job }) => !done.has(job.id)),
    );
    const rings: Ring[] = [];
    for (const end of ends) {
      const [run, row] = [runs.get(end.job.run), done.get(end.job.id)];
      if (run !== undefined && row !== undefined)
        rings.push(...(await follow(queries, parts, end, row, run)));
    }
    for (const [run, of] of Map.groupBy(rows, ({ run }) => run)) {
      if (of.some(({ awaited, grows }) => awaited || grows)) await settle(queries, run);
      else if (of.some(({ last }) => last)) await endRun(queries, run);
    }
    for (const { job } of ends) {
      const row = done.get(job.id);
      if (row !== undefined && isDrawn(job.id, row.seconds)) await charge(queries, job);
    }
    return { done, rings };
  });
  for (const { run } of done.values()) parts.news.changed(run);
  for (const { lane, job } of rings) await parts.queue.ring(lane, job);
  return new Set(done.keys());
}

function inOrder({ job: a }: End, { job: b }: End): number {
  return a.workspace < b.workspace ? -1 : a.workspace > b.workspace ? 1 : a.id - b.id;
}

/** Of those that were not marked done. */
async function insistOnEpoch(queries: Queries, left: readonly End[]): Promise<void> {
  const under = left.flatMap(({ admitted }) => admitted ?? []);
  if (under.length === 0) return;
  const epoch = await epochOf(queries);
  if (under.some((admitted) => admitted !== epoch)) throw new ConsentChanged();
}

/** Everything that becomes of a job's end but the end of its run. Gives what may be claimed now. */
async function follow(
  queries: Queries,
  parts: Parts,
  { job, outcome }: End,
  done: Done,
  run: RunRow,
): Promise<Ring[]> {
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
  // Its slot is free for another one, which nobody rang for while there was none.
  return done.throttled ? [...released, { lane: job.lane, job: job.id }] : released;
}

/** What is said of segments is said of the whole: that the clip is damaged, say. */
async function withNotes(queries: Queries, end: End): Promise<End> {
  const { job, outcome } = end;
  if (outcome.type !== 'made' || job.inputs.every(({ role }) => role !== 'segment')) return end;
  const rows = await queries.query<{ notes: string[] }>(
    'select notes from jobs where segment_of = $1 order by id',
    [job.id],
  );
  const notes = [...new Set([...outcome.notes, ...rows.flatMap(({ notes }) => notes)])];
  return { ...end, outcome: { ...outcome, notes } };
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
  id: number;
  run: number;
  awaited: boolean;
  grows: boolean;
  throttled: boolean;
  /** It made a segment for another job, of which nobody sees anything. */
  segment: boolean;
  /** Nothing else of its run is left, and nothing waited for it. */
  last: boolean;
  /** That it was in hand. */
  seconds: number;
}

/** Says whether other jobs wait for them. Left out are those whose `epoch` is not the job's any more, or which were admitted under another than the
 * present. */
function markDone(queries: Queries, ends: readonly End[]): Promise<Done[]> {
  const columns = ends.map(({ job, outcome, admitted }) => {
    const effect = outcome.type === 'effected';
    return {
      id: job.id,
      epoch: job.epoch,
      result: effect ? (job.inputs[0]?.hash ?? null) : outcome.hash,
      path: effect ? outcome.path : null,
      url: effect ? outcome.url : null,
      notes: outcome.notes,
      details: effect ? {} : outcome.details,
      recalled: outcome.type === 'recalled',
      admitted,
    };
  });
  return queries.query<Done>(
    `with ended as materialized (
       select * from jsonb_to_recordset($1::jsonb) as ended(
         id bigint, epoch integer, result text, path text, url text, notes jsonb, details jsonb, recalled boolean, admitted bigint)
     )
     update jobs set state = 'done', lease_until = null, result = ended.result, path = ended.path, url = ended.url, notes = ended.notes,
            details = ended.details, recalled = ended.recalled, failure = null, finished_at = now(), changed = nextval('job_changes')
     from ended
     where jobs.id = ended.id and jobs.epoch = ended.epoch and state = 'running'
       and (admitted is null or admitted = (select consent_head.epoch from consent_head))
     returning jobs.id, run_id as run, exists (select from job_inputs where from_job = jobs.id) as awaited, grows is not null as grows,
               throttle is not null as throttled, segment_of is not null as segment,
               coalesce(extract(epoch from clock_timestamp() - claimed_at), 0)::double precision as seconds,
               not exists (
                 select from jobs other
                 where other.run_id = jobs.run_id and other.state in ('blocked', 'ready', 'running')
                   and (other.id, other.epoch) not in (select ended.id, ended.epoch from ended)) as last`,
    [JSON.stringify(columns)],
  );
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
