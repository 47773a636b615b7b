import type { SlackClient } from './clients.ts';

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
  if (!team || !botId || !botUserId) throw new Error('this is no token of a bot: those begin with xoxb-');
  return { team, teamName: teamName ?? team, botId, botUserId, scopes: response_metadata?.scopes ?? [] };
}
