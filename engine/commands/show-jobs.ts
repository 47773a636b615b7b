import type { Answer } from '../answer.ts';
import type { JobState } from '../event.ts';
import type { Asked, CommandTools } from './answerer.ts';
import { column, firstLine, list, mostRows } from './list.ts';

interface JobRow {
  id: string;
  group: string;
  state: JobState;
  lane: string;
  seconds: number | null;
  title: string;
  result: string | null;
  total: number;
}

/** SHOW JOBS: what is at work first, then the newest. */
export async function showJobs({ asker }: Asked<'show'>, { parts }: CommandTools): Promise<Answer> {
  const rows = await parts.store.query<JobRow>(
    `select 'j' || jobs.number as id, 'g' || runs.number as "group", jobs.state, jobs.lane, jobs.title,
            extract(epoch from coalesce(jobs.finished_at, now()) - jobs.started_at)::double precision as seconds,
            media.letter || media.number as result,
            count(*) over ()::integer as total
     from jobs
       join runs on runs.id = jobs.run_id
       left join media on media.workspace = jobs.workspace and media.hash = jobs.result and not jobs.effect
     where jobs.workspace = $1
     order by jobs.state = 'running' desc, jobs.id desc
     limit $2`,
    [asker.workspace, mostRows],
  );
  return list(
    'Jobs',
    [
      column('job', 'id'),
      column('group', 'id'),
      column('state', 'state'),
      column('lane'),
      column('took', 'seconds'),
      column('result', 'id'),
      column('statement', 'pql'),
    ],
    rows.map(({ id, group, state, lane, seconds, result, title }) => [
      id,
      group,
      state,
      lane,
      seconds,
      result,
      firstLine(title),
    ]),
    rows[0]?.total ?? 0,
    { older: 'FIND GROUP g7 lists the jobs of a group', empty: 'nothing was run yet' },
  );
}
