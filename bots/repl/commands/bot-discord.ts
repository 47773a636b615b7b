import { exitStatus } from '../../outcome.ts';
import type { Flags, Setting } from '../program.ts';
import { ArgumentError } from '../read-source.ts';
import { stopSignals } from '../stop-signals.ts';

export interface DiscordFlags extends Flags {
  invite?: boolean;
  shard?: string;
}

/** `pql bot discord`: is in Discord until SIGTERM or SIGINT; then hears nothing more, answers what it heard, and leaves cards and films to the
 * other processes or the next start. A second signal ends it at once. */
export async function botDiscord(flags: DiscordFlags, setting: Setting): Promise<number> {
  const { config, process, terminal, environment } = setting;
  if (flags.invite) return printInvite(setting);
  const { token } = config.discord;
  if (token === null) throw unset('DISCORD_TOKEN is not set');
  const shards = flags.shard === undefined ? null : readShards(flags.shard);
  const say = (type: string, more: object, words: string) =>
    terminal.out.write(flags.json ? `${JSON.stringify({ type, ...more })}\n` : `${words}\n`);
  const stop = stopSignals(process);
  try {
    const { openDiscord } = await import('../wiring/discord.ts');
    const bot = await openDiscord(config, environment, token, {
      shards,
      work: flags.work !== false,
      news: {
        registered({ changed, diff }) {
          if (changed) say('registered', { diff }, ['commands registered:', ...diff].join('\n  '));
        },
        ready: (name, servers) =>
          say(
            'in',
            { name, servers },
            `in Discord as ${name}, in ${servers} ${servers === 1 ? 'server' : 'servers'}`,
          ),
        trouble: (message) => say('trouble', { message }, message),
      },
    });
    try {
      await Promise.race([stop.first, bot.ended]);
      bot.stop();
      say('stopping', {}, 'hears nothing more; another signal ends it at once');
      stop.second.addEventListener('abort', () => bot.hurry());
      await bot.ended;
    } finally {
      await bot[Symbol.asyncDispose]();
    }
    say('gone', {}, 'gone');
    return exitStatus.done;
  } catch (error) {
    if (error instanceof Error && error.name === 'GatewayRefusal') throw unset(error.message);
    throw error;
  } finally {
    stop[Symbol.dispose]();
  }
}

/** `0/4`, or several: `0,1/4`. */
function readShards(text: string): { ids: number[]; count: number } {
  const [, list = '', total = ''] = /^(\d{1,5}(?:,\d{1,5})*)\/(\d{1,5})$/.exec(text) ?? [];
  const ids = list.split(',').map(Number);
  const count = Number(total);
  if (list === '' || count < 1 || ids.some((id) => id >= count))
    throw new ArgumentError(`--shard ${text} is no shard of so many`, 'say --shard 0/2 for the first of two');
  return { ids, count };
}

async function printInvite({ config, terminal }: Setting): Promise<number> {
  const { token, application, apiUrl } = config.discord;
  const { inviteLink } = await import('../../discord/permissions.ts');
  if (application !== null) {
    terminal.out.write(`${inviteLink(application)}\n`);
    return exitStatus.done;
  }
  if (token === null) throw unset('neither DISCORD_TOKEN nor DISCORD_APPLICATION_ID is set');
  const { askDiscord } = await import('../../discord/ask-discord.ts');
  const self = await askDiscord(apiUrl, token);
  if ('refused' in self) throw unset(`Discord does not say whose DISCORD_TOKEN is: ${self.refused}`);
  terminal.out.write(`${inviteLink(self.application)}\n`);
  return exitStatus.done;
}

function unset(message: string): ArgumentError {
  return new ArgumentError(message, 'docs/discord.md says where each comes from');
}
