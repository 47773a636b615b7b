import type { Queries } from '../store/port.ts';

/** What a target of FIND, REMOVE, CANCEL and RETRY turned out to be. */
export type Target =
  | { is: 'group'; run: number; group: string }
  | { is: 'job'; job: number; run: number; group: string; id: string }
  | { is: 'media'; media: number; id: string; hash: string; name: string | null };

/** Looks up an id or a name in a workspace; null when it is not there, whoever else may have it. A name that somebody gave comes first. */
export async function findTarget(
  queries: Queries,
  workspace: string,
  target: string,
): Promise<Target | null> {
  const [named] = await queries.query<{ media: number; id: string; hash: string; name: string }>(
    `select media.id as media, letter || number as id, hash, names.name
     from names join media on media.id = names.media_id
     where names.workspace = $1 and names.key = $2`,
    [workspace, target.toLowerCase()],
  );
  if (named !== undefined) return { is: 'media', ...named };
  const id = /^([gjviat])([1-9]\d{0,8})$/i.exec(target);
  if (id === null) return null;
  const letter = (id[1] as string).toLowerCase();
  const parameters = [workspace, Number(id[2])];
  if (letter === 'g') {
    const [row] = await queries.query<{ run: number; group: string }>(
      `select id as run, 'g' || number as "group" from runs where workspace = $1 and number = $2`,
      parameters,
    );
    return row === undefined ? null : { is: 'group', ...row };
  }
  if (letter === 'j') {
    const [row] = await queries.query<{ job: number; run: number; group: string; id: string }>(
      `select jobs.id as job, run_id as run, 'g' || runs.number as "group", 'j' || jobs.number as id
       from jobs join runs on runs.id = jobs.run_id
       where jobs.workspace = $1 and jobs.number = $2`,
      parameters,
    );
    return row === undefined ? null : { is: 'job', ...row };
  }
  const [row] = await queries.query<{ media: number; id: string; hash: string }>(
    `select id as media, letter || number as id, hash from media where workspace = $1 and number = $2 and letter = $3`,
    [...parameters, letter],
  );
  return row === undefined ? null : { is: 'media', name: null, ...row };
}

/** What people call every name and recent id in a workspace, to suggest from. */
export async function callable(queries: Queries, workspace: string): Promise<string[]> {
  const rows = await queries.query<{ called: string }>(
    `(select name as called from names where workspace = $1 order by given_at desc limit 500)
     union all (select letter || number from media where workspace = $1 order by id desc limit 200)
     union all (select 'g' || number from runs where workspace = $1 order by id desc limit 200)`,
    [workspace],
  );
  return rows.map(({ called }) => called);
}
