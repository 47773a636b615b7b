import type { Answer } from '../answer.ts';
import type { RunState } from '../event.ts';
import type { Asked, CommandTools } from './answerer.ts';
import { column, firstLine, list, mostRows } from './list.ts';

interface GroupRow {
  id: string;
  state: RunState;
  source: string;
  created: Date;
  seconds: number;
  jobs: number;
  done: number;
  total: number;
}

/** SHOW GROUPS: what was run. */
export async function showGroups({ asker }: Asked<'show'>, { parts }: CommandTools): Promise<Answer> {
  const rows = await parts.store.query<GroupRow>(
    `select 'g' || runs.number as id, runs.state, left(runs.source, 1000) as source, runs.created_at as created,
            extract(epoch from coalesce(runs.finished_at, now()) - runs.created_at)::double precision as seconds,
            (select count(*) from jobs where run_id = runs.id)::integer as jobs,
            (select count(*) from jobs where run_id = runs.id and state = 'done')::integer as done,
            count(*) over ()::integer as total
     from runs where workspace = $1 order by id desc limit $2`,
    [asker.workspace, mostRows],
  );
  return list(
    'Groups',
    [
      column('group', 'id'),
      column('state', 'state'),
      column('done'),
      column('asked', 'time'),
      column('took', 'seconds'),
      column('statement', 'pql'),
    ],
    rows.map(({ id, state, done, jobs, created, seconds, source }) => [
      id,
      state,
      `${done}/${jobs}`,
      created.toISOString(),
      seconds,
      firstLine(source),
    ]),
    rows[0]?.total ?? 0,
    {
      older: 'SEARCH PIPELINES "words" finds older ones',
      empty: 'nothing was run yet; try GENERATE "a lighthouse in fog" DURATION 4s',
    },
  );
}
