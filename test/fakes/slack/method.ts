import type { Json } from './json.ts';
import type { Team } from './team.ts';
import type { Triggers } from './triggers.ts';

/** What a method works on. */
export interface Shop {
  team: Team;
  triggers: Triggers;
  /** Where this server is reached. */
  url(): string;
  /** How long after completing a file its share is seen, milliseconds. */
  shareDelay(): number;
}

/** A method of the Web API: https://docs.slack.dev/reference/methods. */
export interface Method {
  /** One of them is enough; none for `auth.test`. */
  scopes: readonly string[];
  /** Which token it takes. */
  token: 'bot' | 'app' | 'none';
  /** Calls a minute and workspace. */
  perMinute: number;
  /** Of them so many to one channel within so many seconds. */
  perChannel?: { most: number; seconds: number };
  required: readonly string[];
  run(shop: Shop, args: Json): Json;
}

/** Web API tiers: https://docs.slack.dev/apis/web-api/rate-limits. */
export const tier = { 1: 1, 2: 20, 3: 50, 4: 100 } as const;
