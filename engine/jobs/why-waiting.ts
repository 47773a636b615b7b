import type { Lane } from '../../dsl/plan.ts';
import { readLimits } from '../limits/limits.ts';
import { minutesUsed } from '../limits/used.ts';
import type { Queries } from '../store/port.ts';
import { countAhead, readLines } from './ahead.ts';
import { readHistory } from './history.ts';
import { compared, type Waiting } from './turn.ts';

/** Why the first ready job of a run does not run yet. */
export type WhyWaiting = { job: string; lane: Lane } & (
  | { because: 'later'; seconds: number }
  | { because: 'throttle' | 'twin' | 'limit' }
  /** As many minutes were used as a day may take, by whom; `seconds` until some are free again. */
  | { because: 'minutes'; whose: 'asker' | 'workspace'; seconds: number }
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
  const own = await countOwn(queries, job);
  // Of one with a higher priority, so many more.
  const lines = await readLines(queries, job.lane, Math.min(countedUp, own + 1000));
  const isOurs = (line: Waiting) => line.workspace === job.workspace && line.asker === job.asker;
  // Whoever may run is compared, unless more wait than are.
  if (!lines.some(isOurs) && lines.length < compared) {
    const spent = await minutesSpent(queries, job);
    return spent === null ? { ...told, because: 'limit' } : { ...told, because: 'minutes', ...spent };
  }
  const others = countAhead({ ...job, own }, lines);
  const ahead = {
    own,
    here: Math.min(countedUp, others.here),
    elsewhere: Math.min(countedUp, others.elsewhere),
  };
  const took = (await readHistory(queries, job.workspace, [job.operation])).map(({ seconds }) => seconds);
  const middle = took.toSorted((a, b) => a - b)[took.length >> 1];
  const before = ahead.own + ahead.here + ahead.elsewhere + 1;
  const running = await countRunning(queries, job.lane);
  const seconds = middle === undefined || running === 0 ? null : (middle * before) / running;
  return { ...told, because: 'turn', ahead, seconds };
}

async function minutesSpent(
  queries: Queries,
  { workspace, asker }: Ready,
): Promise<{ whose: 'asker' | 'workspace'; seconds: number } | null> {
  const { minutes } = await readLimits(queries, workspace);
  for (const whose of ['asker', 'workspace'] as const) {
    const most = minutes[whose];
    if (most === null || (whose === 'asker' && asker === '')) continue;
    const used = await minutesUsed(queries, workspace, whose === 'asker' ? asker : '');
    if (used.minutes >= most) return { whose, seconds: used.until(most) };
  }
  return null;
}

interface Ready {
  id: number;
  number: number;
  lane: Lane;
  workspace: string;
  asker: string;
  operation: string;
  priority: number;
  /** Seconds until it may be tried again. */
  wait: number;
  throttled: boolean;
  twin: boolean;
}

async function firstReady(queries: Queries, run: number): Promise<Ready | undefined> {
  const [row] = await queries.query<Ready>(
    `select id, number, lane, workspace, asker, operation, priority,
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
       where lane = $1 and state = 'ready' and workspace = $2 and asker = $3
         and (priority > $5 or (priority = $5 and id < $4)) limit $6) older`,
    [job.lane, job.workspace, job.asker, job.id, job.priority, countedUp],
  );
  return row?.count ?? 0;
}

async function countRunning(queries: Queries, lane: Lane): Promise<number> {
  const [row] = await queries.query<{ count: number }>(
    `select count(*) as count from jobs where state = 'running' and lane = $1`,
    [lane],
  );
  return row?.count ?? 0;
}
