import type { Queries } from '../../store/port.ts';

/** What somebody outside wrote with a request, for moderators. */
export interface Sent {
  message: string | null;
  appeal: string | null;
}

/** Null for a request that did not come from the public page. */
export async function sentWith(queries: Queries, request: number): Promise<Sent | null> {
  const [row] = await queries.query<Sent>(
    'select message, appeal from public_requests where request_id = $1',
    [request],
  );
  return row ?? null;
}
