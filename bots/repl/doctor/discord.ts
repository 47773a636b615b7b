import type { Config } from '../../../engine/config.ts';
import { type Finding, ok, problem, warn } from './finding.ts';

/** The bot in Discord, where something is set of it: whose the token is, and whether it may be started. The token is read and never shown. No
 * intent has to be switched on, since none is asked for. */
export async function lookAtDiscord({ discord }: Pick<Config, 'discord'>): Promise<Finding[]> {
  const { token, application, servers, apiUrl } = discord;
  if (token === null && application === null) return [];
  if (token === null)
    return [
      problem(
        'discord',
        'no token',
        'DISCORD_TOKEN is not set',
        'set it to the one on the Bot page of the application',
      ),
    ];
  const { askDiscord } = await import('../../discord/ask-discord.ts');
  const self = await askDiscord(apiUrl, token);
  if ('refused' in self)
    return [
      problem(
        'discord',
        'refused',
        `Discord says of DISCORD_TOKEN: ${self.refused}`,
        'make a new one: discord.com/developers, your application, Bot, Reset Token',
      ),
    ];
  const found = `${self.name} (${self.application})`;
  if (application !== null && application !== self.application)
    return [
      problem(
        'discord',
        found,
        `DISCORD_APPLICATION_ID says ${application}, the token is of ${self.application}`,
        'unset DISCORD_APPLICATION_ID: Discord is asked for it',
      ),
    ];
  if (self.startsLeft < self.shards)
    return [
      warn(
        'discord',
        found,
        `${self.startsLeft} starts are left today`,
        'wait until Discord counts anew; it resets once a day',
      ),
    ];
  return [
    ok(
      'discord',
      found,
      `the token is good; ${self.shards} ${self.shards === 1 ? 'shard' : 'shards'}, no intents needed${servers === null ? '' : `; open to ${servers.length} ${servers.length === 1 ? 'server' : 'servers'} only (DISCORD_SERVERS)`}`,
    ),
  ];
}
