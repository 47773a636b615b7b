import { showBytes } from '../../dsl/amounts.ts';
import { Failure } from '../failure.ts';
import type { Queries } from '../store/port.ts';
import { changedBy, readLimits } from './limits.ts';

/** Throws Failure PQL522 when a run would have made more than one run may, with these bytes that a job of it has just made. Before they are
 * stored, so that they never are. Jobs that end at the same moment do not see each other: the next one does. */
export async function checkRunBytes(
  queries: Queries,
  { run, workspace }: { run: number; workspace: string },
  bytes: number,
): Promise<void> {
  const { run: most } = (await readLimits(queries, workspace)).bytes;
  if (most === null) return;
  const [row] = await queries.query<{ made: number }>(
    `select coalesce(sum(bytes), 0)::bigint as made from artifacts
     where hash in (select result from jobs where run_id = $1 and state = 'done' and not effect and not recalled)`,
    [run],
  );
  const made = (row?.made ?? 0) + bytes;
  if (made <= most) return;
  throw new Failure(
    'user',
    'PQL522',
    `this run has made ${showBytes(made)}, and one run may make ${showBytes(most)}`,
    { hint: `ask for less in one run; ${changedBy.run}: SET bytes.run` },
  );
}
