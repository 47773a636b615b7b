import type { Lane } from '../../dsl/plan.ts';
import type { Queries } from '../store/port.ts';
import type { Capabilities } from './capabilities.ts';

/** A worker as it makes itself known. */
export interface Worker {
  /** Unique among all that live; begins with its name. */
  id: string;
  host: string;
  pid: number;
  /** How many jobs of each lane run there at the same time. */
  slots: Readonly<Partial<Record<Lane, number>>>;
  can: Capabilities;
}

/** How a worker is at present. */
export interface Condition {
  /** It takes no more jobs and goes when those that it has are done. */
  draining: boolean;
  /** Why it takes no jobs for now; null when it does. */
  pressure: string | null;
}

/** How long a worker may be silent before it counts as lost, milliseconds: the length of a lease. */
export const silence = 30_000;

/** Gives a sign of life, by the database's clock; the first one makes the worker known. */
export async function signOfLife(queries: Queries, worker: Worker, condition: Condition): Promise<void> {
  const lanes = Object.entries(worker.slots).flatMap(([lane, slots]) => (slots > 0 ? [lane] : []));
  await queries.query(
    `insert into workers (id, host, pid, lanes, slots, capabilities, draining, pressure)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (id) do update
     set seen_at = clock_timestamp(), draining = excluded.draining, pressure = excluded.pressure`,
    [
      ...[worker.id, worker.host, worker.pid, lanes],
      ...[JSON.stringify(worker.slots), JSON.stringify(worker.can), condition.draining, condition.pressure],
    ],
  );
}

/** Takes a worker that ends off the list. */
export async function signOff(queries: Queries, id: string): Promise<void> {
  await queries.query('delete from workers where id = $1', [id]);
}

/** Forgets workers that gave no sign of life for so many milliseconds. One that was only asleep makes itself known again. */
export async function forgetLost(queries: Queries, after: number): Promise<void> {
  await queries.query(
    `delete from workers where seen_at < clock_timestamp() - $1 * interval '1 millisecond'`,
    [after],
  );
}
