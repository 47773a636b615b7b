import type { Lane } from '../../dsl/plan.ts';
import type { Queries } from '../store/port.ts';
import { inTurn, type Waiting } from './turn.ts';

/** Who has something ready in a lane and how much of it, in the order in which it is their turn. */
export interface Line extends Waiting {
  /** Jobs of a higher priority than usual, of the usual, of a lower one. */
  ready: readonly [high: number, normal: number, low: number];
}

/** A job that is ready: whose, with which priority (1, 0, -1), and how many of its asker's own come before it. */
export interface Standing extends Waiting {
  priority: number;
  own: number;
}

/** Whoever stands in line for a lane; of each so many jobs are counted at most. */
export async function readLines(queries: Queries, lane: Lane, most: number): Promise<Line[]> {
  const turns = await inTurn(queries, lane, null);
  if (turns.length === 0) return [];
  const rows = await queries.query<{ high: number; normal: number; low: number }>(
    `select count(*) filter (where priority > 0) as high, count(*) filter (where priority = 0) as normal,
            count(*) filter (where priority < 0) as low
     from unnest($2::text[], $3::text[]) with ordinality as turn(workspace, asker, place)
     left join lateral (
       select priority from jobs
       where lane = $1 and state = 'ready' and jobs.workspace = turn.workspace and jobs.asker = turn.asker
       order by priority desc, id limit $4) few on true
     group by place order by place`,
    [lane, turns.map(({ workspace }) => workspace), turns.map(({ asker }) => asker), most],
  );
  return turns.map((turn, index) => {
    const { high = 0, normal = 0, low = 0 } = rows[index] ?? {};
    return { ...turn, ready: [high, normal, low] };
  });
}

/** How many jobs start before one when turns go round as they do (engine/jobs/turn.ts), beside its asker's own: all of its workspace with a
 * higher priority; one of each other asker there with the same for each of its asker's own; and one of each other workspace for each of
 * these. Whoever comes before us in a round starts once more. Weights are left out. */
export function countAhead(job: Standing, lines: readonly Line[]): { here: number; elsewhere: number } {
  const { own } = job;
  const at = lines.findIndex((line) => line.workspace === job.workspace && line.asker === job.asker);
  const before = (index: number) => (at < 0 || index < at ? 1 : 0);
  const rank = 1 - job.priority;
  let here = 0;
  const strangers = new Map<string, { ready: number; first: number }>();
  lines.forEach(({ workspace, asker, ready }, index) => {
    if (workspace !== job.workspace) {
      const known = strangers.get(workspace) ?? { ready: 0, first: before(index) };
      strangers.set(workspace, { ...known, ready: known.ready + sum(ready) });
    } else if (asker !== job.asker)
      here += sum(ready.slice(0, rank)) + Math.min(ready[rank] ?? 0, own + before(index));
  });
  const ours = own + here;
  return {
    here,
    elsewhere: sum([...strangers.values()].map(({ ready, first }) => Math.min(ready, ours + first))),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}
