import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@slack/bolt';

import type { Installations } from '../../engine/installations/installations.ts';
import { openClient } from './clients.ts';
import { isDeadToken } from './trouble.ts';

export interface FarewellTools {
  apiUrl: string;
  logger: Logger;
  trouble(message: string, cause: unknown): void;
}

/** Forgets a workspace that took the app out, once Slack says of the very token that it is worth nothing: what tells of it may come late, twice, and after
 * the app was installed anew. */
export function createFarewell(
  installations: Installations,
  { apiUrl, logger, trouble }: FarewellTools,
): (team: string) => Promise<void> {
  return async (team) => {
    for (const pause of pauses) {
      const kept = await installations.of(team);
      // What cannot be read is of no use to anybody either.
      if (kept === null || kept.token === null) return kept === null ? undefined : installations.remove(kept);
      try {
        await openClient(kept.token, apiUrl, logger).auth.test();
        return;
      } catch (error) {
        if (isDeadToken(error)) return installations.remove(kept);
        if (pause === null) trouble(`slack: nobody says whether ${team} took the app out`, error);
        else await sleep(pause);
      }
    }
  };
}

/** Milliseconds between questions; the token is tried again when it is next used. */
const pauses = [500, 2000, 8000, null];
