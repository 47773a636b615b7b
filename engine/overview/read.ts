import type { Lane } from '../../dsl/plan.ts';
import { type Line, readLines } from '../jobs/ahead.ts';
import { type Depth, readDepth } from '../metrics/depth.ts';
import { bounded } from '../store/bounded.ts';
import type { Store } from '../store/port.ts';
import { readFailures } from './failures.ts';
import type { LaneView, Overview } from './overview.ts';
import { activeRun, readRuns } from './runs.ts';
import { type Known, readHolders, readKnown, slotsOf, workerViews } from './workers.ts';

const lanes: readonly Lane[] = ['gpu', 'cpu', 'net'];
const mostRuns = 60;
const mostFailures = 20;
const mostAhead = 1000;

/** How everything stands: a handful of statements that each have an end, whatever the database holds. */
export function readOverview(store: Store): Promise<Overview> {
  return bounded(store, 2000, async (queries) => {
    const depth = await readDepth(queries);
    const holders = await readHolders(queries);
    const known = await readKnown(queries);
    const rows = await readRuns(queries, mostRuns);
    const lines = new Map<Lane, readonly Line[]>();
    for (const lane of new Set(rows.flatMap(({ next }) => next?.lane ?? [])))
      lines.set(lane, await readLines(queries, lane, mostAhead));
    const failures = await readFailures(queries, mostFailures);
    const views = lanes.map((lane) => laneView(lane, depth, known));
    const served = known && new Set(views.flatMap(({ lane, slots }) => (slots === 0 ? [] : [lane])));
    return {
      lanes: views,
      workers: workerViews(holders, known),
      runs: rows.slice(0, mostRuns).map((row) => activeRun(row, served, lines)),
      more: rows.length >= mostRuns,
      failures,
    };
  });
}

function laneView(lane: Lane, depth: readonly Depth[], known: readonly Known[] | null): LaneView {
  const of = (state: Depth['state']) => depth.find((row) => row.lane === lane && row.state === state);
  return {
    lane,
    running: of('running')?.jobs ?? 0,
    slots: slotsOf(lane, known),
    ready: of('ready')?.jobs ?? 0,
    blocked: of('blocked')?.jobs ?? 0,
    oldest: of('ready')?.oldest ?? null,
  };
}
