/** SQL: what bytes `$2` of the workspace `$1` were made from, step by step as far as rows still tell it, as `made(hash, job)` for `with recursive`: bytes and the job that made them, null for a
 * file from outside and for what was removed. However many steps there are: what a film tells of its making has an end (engine/provenance/history.ts), what it is judged by has none. */
export const madeFrom = `made(hash, job) as (
  (select hash, job_id from media where workspace = $1 and hash = $2 union all (${madeAs('$2')}) limit 1)
  union
  select coalesce(input.hash, before.result),
         case when from_job is not null then from_job
              when media.id is not null then media.job_id
              else (select id from (${madeAs('input.hash')}) as removed(hash, id)) end
  from made
    join lateral (
      select hash, from_job from job_inputs where job_id = job
      union select null, jobs.id from job_inputs join jobs on jobs.grown_from = from_job where job_id = job and every
    ) as input on true
    left join jobs before on before.id = from_job
    left join media on media.workspace = $1 and media.hash = input.hash)`;

/** The first job of the workspace that made bytes, with them. */
function madeAs(hash: string): string {
  return `select result, id from jobs where workspace = $1 and result = ${hash} and not effect order by id limit 1`;
}
