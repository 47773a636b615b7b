import type { Queries } from '../../../engine/store/port.ts';
import { outdated } from '../../../engine/workers/capabilities.ts';
import { silence } from '../../../engine/workers/presence.ts';
import { type Finding, warn } from './finding.ts';

/** Workers whose program is older than the database; nothing where there are none. */
export async function lookAtWorkers(store: Queries): Promise<Finding[]> {
  const old = await store.query<{ id: string; host: string; pid: number }>(
    `select id, host, pid from workers
     where ${outdated('capabilities')} and seen_at > clock_timestamp() - $1 * interval '1 millisecond' order by id`,
    [silence],
  );
  return old.map(({ id, host, pid }) =>
    warn(
      'worker',
      `${id}, process ${pid} on ${host}`,
      'its program is older than the database, which may give it no work',
      'update it there and start it anew',
    ),
  );
}
