import type { Installations } from '../../engine/installations/installations.ts';
import { isOpenTo, type OpenTo } from '../presenter/open-to.ts';
import type { Self } from './who-am-i.ts';

/** Where a bot is: in the one workspace of a token, of which auth.test said who it is there; or in all that install the app. */
export type Where = { type: 'one'; token: string; self: Self } | { type: 'many'; app: OpenToMany };

/** An app that workspaces install themselves. */
export interface OpenToMany {
  clientId: string;
  clientSecret: string;
  /** Signs what a browser brings back from Slack, so that nobody makes another's install theirs. */
  stateSecret: string;
  /** `https://films.example.org`, under which browsers reach us. */
  publicUrl: string;
  installations: Installations;
  openTo: OpenTo;
}

/** The token of a workspace; null where the bot is not, or is not open to it. */
export async function tokenIn(where: Where, team: string): Promise<string | null> {
  if (where.type === 'one') return team === where.self.team ? where.token : null;
  if (!isOpenTo(where.app.openTo, team)) return null;
  return (await where.app.installations.of(team))?.token ?? null;
}
