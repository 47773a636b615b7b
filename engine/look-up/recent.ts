import type { Queries } from '../store/port.ts';

/** Something that can be named, to choose from. */
export interface Recent {
  /** `v12`, `g7`, `j40`. */
  id: string;
  name: string | null;
  /** What it is of: a prompt, a file name, a statement. */
  about: string | null;
  /** Seconds. */
  duration: number | null;
}

/** The latest clips of a workspace. */
export function recentClips(queries: Queries, workspace: string, most: number): Promise<Recent[]> {
  return queries.query<Recent>(
    `select letter || number as id, name, coalesce(prompt, source, left(recipe, 200)) as about, duration
     from media where workspace = $1 and letter = 'v' order by created_at desc, number desc limit $2`,
    [workspace, most],
  );
}

/** The latest pictures and clips of a workspace. */
export function recentPictures(queries: Queries, workspace: string, most: number): Promise<Recent[]> {
  return queries.query<Recent>(
    `select letter || number as id, name, coalesce(prompt, source, left(recipe, 200)) as about, duration
     from media where workspace = $1 and letter in ('i', 'v') order by created_at desc, number desc limit $2`,
    [workspace, most],
  );
}

/** The latest groups of a workspace. */
export function recentGroups(queries: Queries, workspace: string, most: number): Promise<Recent[]> {
  return queries.query<Recent>(
    `select 'g' || number as id, null as name, left(source, 200) as about, null::double precision as duration
     from runs where workspace = $1 order by created_at desc, number desc limit $2`,
    [workspace, most],
  );
}

/** The latest requests about consent in some of their states (`open`), of one person or of everybody. */
export function recentRequests(
  queries: Queries,
  workspace: string,
  { states, askedBy }: { states: readonly string[]; askedBy: string | null },
  most: number,
): Promise<Recent[]> {
  return queries.query<Recent>(
    `select 'r' || number as id, null as name, kind || ': ' || said as about, null::double precision as duration
     from consent_requests
     where workspace = $1 and state = any ($2::text[]) and ($3::text is null or asked_by = $3)
     order by number desc limit $4`,
    [workspace, states, askedBy, most],
  );
}

/** The latest results of a workspace, of every kind. */
export function recentResults(queries: Queries, workspace: string, most: number): Promise<Recent[]> {
  return queries.query<Recent>(
    `select letter || number as id, name, coalesce(prompt, source, left(recipe, 200)) as about, duration
     from media where workspace = $1 order by created_at desc, number desc limit $2`,
    [workspace, most],
  );
}

/** The latest jobs of a workspace that somebody asked for. */
export function recentJobs(queries: Queries, workspace: string, most: number): Promise<Recent[]> {
  return queries.query<Recent>(
    `select 'j' || number as id, null as name, left(title, 200) as about, null::double precision as duration
     from jobs where workspace = $1 and segment_of is null order by created_at desc, number desc limit $2`,
    [workspace, most],
  );
}
