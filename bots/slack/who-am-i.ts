import { setTimeout as sleep } from 'node:timers/promises';
import { openClient, type SlackClient, silent } from './clients.ts';
import { NotInSlack, refusedToken } from './not-in-slack.ts';
import { surfaceError } from './trouble.ts';

/** Who a token is. */
export interface Self {
  team: string;
  teamName: string;
  botId: string;
  botUserId: string;
  /** What the token may do. */
  scopes: readonly string[];
}

/** Asks Slack whose token it is; throws what Slack says against it. */
export async function whoAmI(client: SlackClient): Promise<Self> {
  const {
    team_id: team,
    team: teamName,
    bot_id: botId,
    user_id: botUserId,
    response_metadata,
  } = await client.auth.test();
  if (!team || !botId || !botUserId)
    throw new NotInSlack('SLACK_BOT_TOKEN is no token of a bot', 'those begin with xoxb-', null);
  return { team, teamName: teamName ?? team, botId, botUserId, scopes: response_metadata?.scopes ?? [] };
}

/** The same, asked until Slack answers: a bot may be started before its network. `trouble` is told once. */
export async function whoAmIAtLast(
  { botToken, apiUrl }: { botToken: string; apiUrl: string },
  trouble: (message: string) => void,
  signal: AbortSignal,
): Promise<Self> {
  const client = openClient(botToken, apiUrl, silent);
  for (let tries = 0; ; tries++) {
    try {
      return await whoAmI(client);
    } catch (error) {
      const refused = refusedToken(error, 'SLACK_BOT_TOKEN');
      if (refused !== null) throw refused;
      if (surfaceError(error) === error) throw error;
      if (tries === 0) trouble('Slack does not answer; trying again');
      await sleep(Math.min(15_000, 500 * 2 ** tries), undefined, { signal });
    }
  }
}
