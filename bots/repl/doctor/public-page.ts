import type { Config } from '../../../engine/config.ts';
import { type Finding, ok, warn } from './finding.ts';

/** Whose moderators answer what is asked on the public page; nothing where there is none. */
export async function lookAtPublicPage({
  web,
  webWorkspace,
  discord,
  slack,
}: Pick<Config, 'web' | 'webWorkspace' | 'discord' | 'slack'>): Promise<Finding[]> {
  if (web === null) return [];
  const name = 'public page';
  const found = `the moderators of ${webWorkspace} answer`;
  if (webWorkspace !== 'local') return [ok(name, found, 'PQL_WEB_WORKSPACE says so')];
  const chats = [
    discord.token !== null && 'Discord',
    (slack.botToken ?? slack.client) !== null && 'Slack',
  ].filter(Boolean);
  if (chats.length === 0) return [ok(name, found, 'they are at the terminal of this machine')];
  return [
    warn(
      name,
      found,
      `they are at the terminal of this machine; moderators in ${chats.join(' and ')} see it only where consent.channel was set there`,
      'set PQL_WEB_WORKSPACE=discord:<id of the server> or slack:<id of the workspace>, where moderators are there; or SET consent.channel at the terminal',
    ),
  ];
}
