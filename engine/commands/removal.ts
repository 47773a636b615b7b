import { freeUnneeded } from '../artifacts/freed.ts';
import type { StoredArtifact } from '../artifacts/port.ts';
import type { Queries } from '../store/port.ts';

/** What a removal would take, and what it would leave. */
export interface Removal {
  jobs: number;
  gone: GoneMedia[];
  kept: { id: string; why: string }[];
  /** Every result and every input that only this uses, also those that nobody sees any more. */
  hashes: string[];
}

export interface GoneMedia {
  media: number;
  id: string;
  hash: string;
  bytes: number;
  names: string | null;
}

/** What goes with a run: media that it made, and files that were taken in for it, as far as no other run made or read them. */
export async function removalOfRun(queries: Queries, workspace: string, run: number): Promise<Removal> {
  const [counted] = await queries.query<{ jobs: number }>(
    'select count(*)::integer as jobs from jobs where run_id = $1 and segment_of is null',
    [run],
  );
  const rows = await queries.query<Omit<GoneMedia, 'media'> & { media: number | null; other: string | null }>(
    `with own as (
       select result as hash from jobs where run_id = $1 and not effect and result is not null
       union
       select job_inputs.hash from job_inputs join jobs on jobs.id = job_id
       where run_id = $1 and job_inputs.hash is not null
     ), used as (
       select result as hash, run_id from jobs where workspace = $2 and run_id <> $1 and result is not null
       union all
       select job_inputs.hash, run_id from job_inputs join jobs on jobs.id = job_id
       where workspace = $2 and run_id <> $1 and job_inputs.hash is not null
     ), others as (
       select hash, 'g' || min(runs.number) as other
       from own join used using (hash) join runs on runs.id = used.run_id group by hash
     ), called as (
       select media_id, string_agg(name, ', ' order by given_at desc) as names
       from names where workspace = $2 group by media_id
     )
     select media.id as media, letter || number as id, own.hash, artifacts.bytes, names, other
     from own
       left join media on media.workspace = $2 and media.hash = own.hash
       left join artifacts on artifacts.hash = own.hash
       left join others on others.hash = own.hash
       left join called on called.media_id = media.id
     order by media.id`,
    [run, workspace],
  );
  const free = rows.filter(({ other }) => other === null);
  return {
    jobs: counted?.jobs ?? 0,
    gone: free.flatMap(({ other: _, media, ...row }) => (media === null ? [] : [{ media, ...row }])),
    kept: rows.flatMap(({ id, media, other }) =>
      other === null || media === null ? [] : [{ id, why: `${other} uses it too` }],
    ),
    hashes: free.map(({ hash }) => hash),
  };
}

/** One clip, picture, sound or text; with the segments that it was joined of. */
export async function removalOfMedia(queries: Queries, media: number): Promise<Removal> {
  const gone = await queries.query<GoneMedia>(
    `select media.id as media, letter || number as id, media.hash, media.bytes,
            (select string_agg(name, ', ' order by given_at desc) from names where media_id = media.id) as names
     from media join artifacts using (hash) where media.id = $1`,
    [media],
  );
  const segments = await queries.query<{ hash: string }>(
    `select distinct segment.result as hash from media
       join jobs whole on whole.workspace = media.workspace and whole.result = media.hash
       join jobs segment on segment.segment_of = whole.id
     where media.id = $1 and segment.result is not null`,
    [media],
  );
  return { jobs: 0, gone, kept: [], hashes: [...gone, ...segments].map(({ hash }) => hash) };
}

/** With its jobs; media that others use forget who made them. */
export async function deleteRun(queries: Queries, run: number): Promise<void> {
  await queries.query('delete from runs where id = $1', [run]);
}

/** Media with their names. */
async function deleteMedia(queries: Queries, media: readonly GoneMedia[]): Promise<void> {
  await queries.query('delete from media where id = any ($1::bigint[])', [media.map((each) => each.media)]);
}

/** What would be recalled as these bytes. */
async function forgetWorks(queries: Queries, workspace: string, hashes: readonly string[]): Promise<void> {
  await queries.query('delete from works where workspace = $1 and hash = any ($2::text[])', [
    workspace,
    hashes,
  ]);
}

/** Carries a removal out; `forget` the finished work as well, or keep it to be recalled. Returns what no workspace has any more. Under
 * `holdBytesAlone`. */
export async function deleteRemoval(
  queries: Queries,
  workspace: string,
  { gone, hashes }: Removal,
  forget: boolean,
): Promise<StoredArtifact[]> {
  if (forget) await forgetWorks(queries, workspace, hashes);
  await deleteMedia(queries, gone);
  return freeUnneeded(queries, hashes);
}
