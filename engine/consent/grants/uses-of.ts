import type { Queries } from '../../store/port.ts';

/** Something that names a person. */
export interface NamedUse {
  /** `r9`, `g7`, `v12`, a path or a link. */
  what: string;
  state: string;
  at: Date;
  says: string;
}

/** What was made of people in a workspace by their leave: grants, runs, results that can be seen, files and links that they went to. */
export function usesOf(queries: Queries, workspace: string, people: readonly number[]): Promise<NamedUse[]> {
  return queries.query<NamedUse>(
    `with used as (
       select runs.id, runs.number, runs.state, runs.created_at, runs.source
       from consent_uses join runs on runs.id = run_id
       where runs.workspace = $1 and person_id = any ($2::bigint[])
     )
     select 'r' || number as what, case when revoked_at is null then 'grant' else 'revoked' end as state,
            signed_at as at, 'grant' as says
     from grants where workspace = $1 and person_id = any ($2::bigint[])
     union all
     select 'g' || number, state, created_at, source from used
     union all
     select media.letter || media.number, 'seen', media.created_at, coalesce(media.prompt, media.recipe, '')
     from used join jobs on jobs.run_id = used.id join media on media.job_id = jobs.id
     union all
     select exports.path, 'file', exports.written_at, 'written by TO'
     from used join jobs on jobs.run_id = used.id join exports on exports.job_id = jobs.id
     union all
     select jobs.url, 'link', coalesce(jobs.finished_at, jobs.created_at), jobs.operation
     from used join jobs on jobs.run_id = used.id where jobs.url is not null
     order by at desc limit 500`,
    [workspace, people],
  );
}
