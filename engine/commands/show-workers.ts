import { showBytes } from '../../dsl/amounts.ts';
import type { Answer } from '../answer.ts';
import { installation } from '../settings/read.ts';
import { outdated } from '../workers/capabilities.ts';
import { silence } from '../workers/presence.ts';
import type { Asked, CommandTools } from './answerer.ts';
import { column } from './list.ts';

interface WorkerRow {
  id: string;
  host: string;
  pid: number;
  slots: Record<string, number>;
  provider: string | null;
  memory: number | null;
  draining: boolean;
  pressure: string | null;
  lost: boolean;
  old: boolean;
  started: Date;
  seen: Date;
  mine: string[];
  others: number;
}

/** SHOW WORKERS: who lives, what they run, and why one takes no jobs. What they run for other workspaces is only counted, and their names
 * and machines are told to whoever runs the installation. */
export async function showWorkers({ asker }: Asked<'show'>, { parts }: CommandTools): Promise<Answer> {
  const rows = await parts.store.query<WorkerRow>(
    `select id, host, pid, slots, capabilities ->> 'provider' as provider,
            (capabilities ->> 'memory')::bigint as memory, draining, pressure,
            seen_at < clock_timestamp() - $2 * interval '1 millisecond' as lost,
            ${outdated('capabilities')} as old, started_at as started, seen_at as seen,
            (select coalesce(jsonb_agg('j' || number order by number), '[]') from jobs
             where state = 'running' and worker = workers.id and workspace = $1) as mine,
            (select count(*)::integer from jobs
             where state = 'running' and worker = workers.id and workspace <> $1) as others
     from workers order by started_at, id`,
    [asker.workspace, silence],
  );
  const own = asker.workspace === installation;
  return {
    type: 'table',
    title: 'Workers',
    columns: [
      column('worker'),
      column('machine'),
      column('state', 'state'),
      column('lanes'),
      column('networks on'),
      column('runs'),
      column('since', 'time'),
      column('seen', 'time'),
      column('takes no jobs because'),
    ],
    rows: rows.map((row, index) => [
      own ? row.id : `worker ${index + 1}`,
      own ? `${row.host}, process ${row.pid}` : null,
      stateOf(row),
      Object.entries(row.slots)
        .map(([lane, count]) => `${lane} ${count}`)
        .join(', '),
      row.provider === null || row.memory === null
        ? row.provider
        : `${row.provider}, ${showBytes(row.memory)} a job`,
      [...row.mine, ...(row.others > 0 ? [`${row.others} of other workspaces`] : [])].join(', ') || null,
      row.started.toISOString(),
      row.seen.toISOString(),
      row.pressure,
    ]),
    total: rows.length,
    hint:
      rows.length === 0
        ? 'nobody works now: a pql that is given work does, and pql worker where DATABASE_URL is set'
        : rows.some((row) => stateOf(row) === 'outdated')
          ? 'outdated: its program is older than the database, which may give it no work; update it and start it anew'
          : null,
  };
}

function stateOf({ lost, draining, pressure, old, mine, others }: WorkerRow): string {
  if (lost) return 'lost';
  if (draining) return 'draining';
  if (pressure !== null) return 'paused';
  return old && mine.length + others === 0 ? 'outdated' : 'works';
}
