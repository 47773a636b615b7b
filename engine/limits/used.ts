import type { Queries } from '../store/port.ts';

/** What somebody used of workers in the last 24 hours. */
export interface Used {
  minutes: number;
  /** Seconds until less than so many minutes are used, if nothing more is. */
  until(minutes: number): number;
}

/** SQL of the seconds that an asker of a workspace (or with `''` all of it) used of workers in the last 24 hours. */
export function secondsUsed(workspace: string, asker: string): string {
  return `(select coalesce(sum(seconds), 0) from usage
    where usage.workspace = ${workspace} and usage.asker = ${asker} and hour > now() - interval '24 hours')`;
}

/** What a workspace used, or one asker of it. */
export async function minutesUsed(queries: Queries, workspace: string, asker = ''): Promise<Used> {
  const hours = await queries.query<{ seconds: number; left: number }>(
    `select seconds, extract(epoch from hour + interval '24 hours' - now())::double precision as left
     from usage where workspace = $1 and asker = $2 and hour > now() - interval '24 hours' order by hour`,
    [workspace, asker],
  );
  const all = hours.reduce((sum, { seconds }) => sum + seconds, 0);
  return {
    minutes: all / 60,
    until(minutes) {
      let used = all;
      for (const { seconds, left } of hours) {
        if (used < minutes * 60) break;
        used -= seconds;
        if (used < minutes * 60) return left;
      }
      return 0;
    },
  };
}

/** Bytes of the media that a workspace keeps, or one asker of it. */
export async function bytesKept(queries: Queries, workspace: string, asker = ''): Promise<number> {
  const [row] = await queries.query<{ bytes: number }>(
    `select coalesce(sum(bytes), 0)::bigint as bytes from media where workspace = $1 and ($2 = '' or asker = $2)`,
    [workspace, asker],
  );
  return row?.bytes ?? 0;
}
