import type { Lane } from '../../dsl/plan.ts';
import type { Queries } from '../store/port.ts';
import { outdated } from '../workers/capabilities.ts';
import type { WorkerView } from './overview.ts';

/** Who has jobs in hand, by the leases. */
export interface Holder {
  id: string;
  lanes: Lane[];
  jobs: number;
  title: string;
  seconds: number;
  /** A lease has lapsed. */
  silent: boolean;
}

/** Who made themselves known. */
export interface Known {
  id: string;
  lanes: Lane[];
  slots: Partial<Record<Lane, number>>;
  draining: boolean;
  pressure: string | null;
  /** Its program is older than the database. */
  old: boolean;
  /** Seconds since the last sign of life. */
  seen: number;
}

export function readHolders(queries: Queries): Promise<Holder[]> {
  return queries.query<Holder>(
    `select worker as id, jsonb_agg(distinct lane) as lanes, count(*)::integer as jobs,
            (array_agg(title order by started_at))[1] as title,
            extract(epoch from clock_timestamp() - min(started_at))::double precision as seconds,
            bool_or(lease_until < clock_timestamp()) as silent
     from jobs where state = 'running' and worker is not null
     group by worker order by worker limit 500`,
  );
}

/** Null where this database has no list of workers. */
export async function readKnown(queries: Queries): Promise<Known[] | null> {
  const [list] = await queries.query<{ there: boolean }>(
    `select to_regclass('workers') is not null as there`,
  );
  if (list?.there !== true) return null;
  return queries.query<Known>(
    `select id, to_jsonb(lanes) as lanes, slots, draining, to_jsonb(workers) ->> 'pressure' as pressure, ${outdated('capabilities')} as old,
            extract(epoch from clock_timestamp() - seen_at)::double precision as seen
     from workers order by id limit 500`,
  );
}

/** Seconds without a sign of life after which a worker counts as gone: the length of a lease. */
const silence = 30;

/** Everybody who works or could, each once. */
export function workerViews(holders: readonly Holder[], known: readonly Known[] | null): WorkerView[] {
  const holding = new Map(holders.map((holder) => [holder.id, holder]));
  const listed = (known ?? []).map((worker): WorkerView => {
    const held = holding.get(worker.id);
    const silent = worker.seen > silence || held?.silent === true;
    const idle = worker.old ? 'outdated' : 'idle';
    const open = worker.pressure !== null ? 'paused' : held === undefined ? idle : 'works';
    return {
      ...{ id: worker.id, lanes: worker.lanes, jobs: held?.jobs ?? 0 },
      ...{ title: held?.title ?? null, seconds: held?.seconds ?? null },
      state: silent ? 'silent' : worker.draining ? 'draining' : open,
    };
  });
  const names = new Set(listed.map(({ id }) => id));
  const others = holders
    .filter(({ id }) => !names.has(id))
    .map(({ silent, ...holder }): WorkerView => ({ ...holder, state: silent ? 'silent' : 'works' }));
  return [...listed, ...others];
}

/** How many jobs of a lane all of them together run at the same time; null where they do not say. */
export function slotsOf(lane: Lane, known: readonly Known[] | null): number | null {
  if (known === null) return null;
  const open = known.filter(({ draining, seen }) => !draining && seen <= silence);
  return open.reduce((sum, { slots }) => sum + (slots[lane] ?? 0), 0);
}
