import { openClient, silent } from './clients.ts';
import { refusalOf } from './trouble.ts';
import { type Self, whoAmI } from './who-am-i.ts';

/** What Slack says of tokens: who we are, and whether it opens connections; null where there is no token for those. */
export interface SlackSays {
  self: Self | { refused: string };
  socket: 'opens' | { refused: string } | null;
}

/** Asks Slack about tokens, without connecting. Throws where Slack cannot be reached. */
export async function askSlack(tokens: {
  botToken: string;
  appToken: string | null;
  apiUrl: string;
}): Promise<SlackSays> {
  const { botToken, appToken, apiUrl } = tokens;
  const self = await whoAmI(openClient(botToken, apiUrl, silent)).catch(refusal);
  if (appToken === null) return { self, socket: null };
  const opened = openClient(appToken, apiUrl, silent).apps.connections.open({});
  return { self, socket: await opened.then(() => 'opens' as const, refusal) };
}

function refusal(error: unknown): { refused: string } {
  const code = refusalOf(error);
  if (code === null) throw error;
  return { refused: code };
}
