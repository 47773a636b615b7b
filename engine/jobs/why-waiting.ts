import type { Lane } from '../../dsl/plan.ts';
import type { Queries } from '../store/port.ts';
import { readHistory } from './history.ts';
import { compared, inTurn, type Waiting } from './turn.ts';

/** Why the first ready job of a run does not run yet. */
export type WhyWaiting = { job: string; lane: Lane } & (
  | { because: 'later'; seconds: number }
  | { because: 'throttle' | 'twin' | 'limit' }
  | {
      because: 'turn';
      /** Jobs that start before it as things stand, of whom: at most `countedUp` each. */
      ahead: { own: number; here: number; elsewhere: number };
      /** Until it starts, from what such jobs took here and how many run now; null where either is not known. */
      seconds: number | null;
    }
);

/** What is ahead is counted so far. */
export const countedUp = 10_000;

/** Null when nothing of the run is ready. What others ask for is counted, never named. */
export async function whyWaiting(queries: Queries, run: number): Promise<WhyWaiting | null> {
  const job = await firstReady(queries, run);
  if (job === undefined) return null;
  const told = { job: `j${job.number}`, lane: job.lane };
  if (job.wait > 0) return { ...told, because: 'later', seconds: job.wait };
  if (job.throttled) return { ...told, because: 'throttle' };
  if (job.twin) return { ...told, because: 'twin' };
  const turns = await inTurn(queries, job.lane, null);
  const isOurs = (turn: Waiting) => turn.workspace === job.workspace && turn.asker === job.asker;
  // Whoever may run is compared, unless more wait than are.
  if (!turns.some(isOurs) && turns.length < compared) return { ...told, because: 'limit' };
  const ahead = await countAhead(queries, job, turns, isOurs);
  const took = (await readHistory(queries, job.workspace, [job.operation])).map(({ seconds }) => seconds);
  const middle = took.toSorted((a, b) => a - b)[took.length >> 1];
  const before = ahead.own + ahead.here + ahead.elsewhere + 1;
  const running = await countRunning(queries, job.lane);
  const seconds = middle === undefined || running === 0 ? null : (middle * before) / running;
  return { ...told, because: 'turn', ahead, seconds };
}

/** What starts before it when turns go round as they do (engine/jobs/turn.ts): its asker's own older jobs; one of each other asker of its
 * workspace for each of those; and one of each other workspace for each of these. Whoever comes before us in a round starts once more. */
async function countAhead(
  queries: Queries,
  job: Ready,
  turns: readonly Waiting[],
  isOurs: (turn: Waiting) => boolean,
): Promise<{ own: number; here: number; elsewhere: number }> {
  const own = await countOwn(queries, job);
  const at = turns.findIndex(isOurs);
  const before = at < 0 ? turns : turns.slice(0, at);
  const neighbours = turns.filter((turn) => turn.workspace === job.workspace && !isOurs(turn));
  const theirs = await countReady(queries, job.lane, neighbours, own + 1);
  const here = sum(
    neighbours.map((turn, index) => Math.min(theirs[index] ?? 0, own + (before.includes(turn) ? 1 : 0))),
  );
  const ours = own + here;
  const strangers = turns.filter((turn) => turn.workspace !== job.workspace);
  const counts = await countReady(queries, job.lane, strangers, ours + 1);
  const elsewhere = [...new Set(strangers.map(({ workspace }) => workspace))].map((workspace) => {
    const all = sum(
      strangers.map((turn, index) => (turn.workspace === workspace ? (counts[index] ?? 0) : 0)),
    );
    return Math.min(all, ours + (before.some((turn) => turn.workspace === workspace) ? 1 : 0));
  });
  return { own, here: Math.min(countedUp, here), elsewhere: Math.min(countedUp, sum(elsewhere)) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}

interface Ready {
  id: number;
  number: number;
  lane: Lane;
  workspace: string;
  asker: string;
  operation: string;
  /** Seconds until it may be tried again. */
  wait: number;
  throttled: boolean;
  twin: boolean;
}

async function firstReady(queries: Queries, run: number): Promise<Ready | undefined> {
  const [row] = await queries.query<Ready>(
    `select id, number, lane, workspace, asker, operation,
            extract(epoch from not_before - clock_timestamp())::double precision as wait,
            throttle is not null and at_most <= (
              select count(*) from jobs other
              where other.run_id = jobs.run_id and other.throttle = jobs.throttle and other.state = 'running') as throttled,
            work_key is not null and exists (
              select from jobs other
              where other.workspace = jobs.workspace and other.work_key = jobs.work_key and other.state = 'running') as twin
     from jobs where run_id = $1 and state = 'ready' order by position limit 1`,
    [run],
  );
  return row;
}

async function countOwn(queries: Queries, job: Ready): Promise<number> {
  const [row] = await queries.query<{ count: number }>(
    `select count(*) as count from (
       select from jobs
       where lane = $1 and state = 'ready' and workspace = $2 and asker = $3 and id < $4 limit $5) older`,
    [job.lane, job.workspace, job.asker, job.id, countedUp],
  );
  return row?.count ?? 0;
}

/** In the order they were asked about, each up to `most`. */
async function countReady(
  queries: Queries,
  lane: Lane,
  turns: readonly Waiting[],
  most: number,
): Promise<number[]> {
  const rows = await queries.query<{ count: number }>(
    `select count from unnest($2::text[], $3::text[]) with ordinality as turn(workspace, asker, place)
     cross join lateral (
       select count(*) as count from (
         select from jobs
         where lane = $1 and state = 'ready' and jobs.workspace = turn.workspace and jobs.asker = turn.asker limit $4) few
     ) counted
     order by place`,
    [
      lane,
      turns.map(({ workspace }) => workspace),
      turns.map(({ asker }) => asker),
      Math.min(most, countedUp),
    ],
  );
  return rows.map(({ count }) => count);
}

async function countRunning(queries: Queries, lane: Lane): Promise<number> {
  const [row] = await queries.query<{ count: number }>(
    `select count(*) as count from jobs where state = 'running' and lane = $1`,
    [lane],
  );
  return row?.count ?? 0;
}
