import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import { ownSecret } from '../home/own-secret.ts';

/** Where a home keeps what the tokens of Slack workspaces are sealed with. */
export function slackSecretFile(home: string): string {
  return join(home, 'slack.key');
}

/** That of the setting where given, else the home's own (`ownSecret`). */
export async function slackSecret(home: string, setting: string | null): Promise<string> {
  if (setting !== null) return setting;
  return (await ownSecret(slackSecretFile(home), () => `${randomBytes(32).toString('base64')}\n`)).trim();
}
