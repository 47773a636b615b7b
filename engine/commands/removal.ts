import type { Queries } from '../store/port.ts';

/** What a removal would take, and what it would leave. */
export interface Removal {
  jobs: number;
  gone: GoneMedia[];
  kept: { id: string; why: string }[];
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
    'select count(*)::integer as jobs from jobs where run_id = $1',
    [run],
  );
  const rows = await queries.query<GoneMedia & { other: string | null }>(
    `with own as (
       select result as hash from jobs where run_id = $1 and not effect
       union
       select job_inputs.hash from job_inputs join jobs on jobs.id = job_id where run_id = $1
     ), others as (
       select result as hash, run_id from jobs where workspace = $2 and run_id <> $1 and result is not null
       union all
       select job_inputs.hash, run_id from job_inputs join jobs on jobs.id = job_id
       where workspace = $2 and run_id <> $1 and job_inputs.hash is not null
     )
     select media.id as media, letter || number as id, media.hash, media.bytes,
            (select string_agg(name, ', ' order by given_at desc) from names where media_id = media.id) as names,
            (select 'g' || min(runs.number) from others join runs on runs.id = others.run_id
             where others.hash = media.hash) as other
     from media join own on own.hash = media.hash join artifacts on artifacts.hash = media.hash
     where media.workspace = $2
     order by media.id`,
    [run, workspace],
  );
  return {
    jobs: counted?.jobs ?? 0,
    gone: rows.filter(({ other }) => other === null),
    kept: rows.flatMap(({ id, other }) => (other === null ? [] : [{ id, why: `${other} uses it too` }])),
  };
}

/** One clip, picture, sound or text. */
export async function removalOfMedia(queries: Queries, media: number): Promise<Removal> {
  const gone = await queries.query<GoneMedia>(
    `select media.id as media, letter || number as id, media.hash, media.bytes,
            (select string_agg(name, ', ' order by given_at desc) from names where media_id = media.id) as names
     from media join artifacts using (hash) where media.id = $1`,
    [media],
  );
  return { jobs: 0, gone, kept: [] };
}

/** With its jobs; media that others use forget who made them. */
export async function deleteRun(queries: Queries, run: number): Promise<void> {
  await queries.query('delete from runs where id = $1', [run]);
}

/** Media with their names and what would be recalled as them, then artifacts that no workspace has any more. Returns those. */
export async function deleteMedia(
  queries: Queries,
  workspace: string,
  media: readonly GoneMedia[],
): Promise<{ hash: string; bytes: number }[]> {
  const hashes = media.map(({ hash }) => hash);
  await queries.query('delete from works where workspace = $1 and hash = any ($2::text[])', [
    workspace,
    hashes,
  ]);
  await queries.query('delete from media where id = any ($1::bigint[])', [media.map((each) => each.media)]);
  return queries.query<{ hash: string; bytes: number }>(
    `delete from artifacts
     where hash = any ($1::text[]) and not exists (select from media where media.hash = artifacts.hash)
     returning hash, bytes`,
    [hashes],
  );
}

/** Whether anything runs, of whatever workspace. */
export async function isAtWork(queries: Queries): Promise<boolean> {
  const [row] = await queries.query<{ busy: boolean }>(
    `select exists (select from runs where state = 'running') as busy`,
  );
  return row?.busy === true;
}
