import { catalogue } from '../../../dsl/catalogue.ts';
import type { Config } from '../../../engine/config.ts';
import { openTogether } from '../../../engine/opened.ts';
import { chatCommands, messageCommands } from '../../presenter/commands.ts';
import type { Way } from '../../slack/app.ts';
import { boltLogger } from '../../slack/bolt-logger.ts';
import { startSlackBot } from '../../slack/bot.ts';
import { whoAmIAtLast } from '../../slack/who-am-i.ts';
import { openChat } from './chat.ts';
import type { Environment } from './models.ts';

/** A bot that is in Slack. */
export interface RunningBot extends AsyncDisposable {
  /** `harbour`. */
  team: string;
  /** `slack:T1`. */
  workspace: string;
  /** Where Slack's requests come in; null for Socket Mode. */
  address: string | null;
  pages: { host: string; port: number } | null;
  /** Takes nothing more in, and lets what was taken in be answered. */
  stop(grace: number): Promise<void>;
}

/** Least milliseconds between two edits of one card: Slack counts edits for the whole workspace, about fifty a minute. */
const every = (living: number) => Math.max(3000, living * 1500);

/** Opens the home or the server's database, and comes into Slack. */
export async function openSlack(
  config: Config,
  environment: Environment,
  way: Way,
  botToken: string,
  options: { work: boolean; signal: AbortSignal; trouble(message: string): void },
): Promise<RunningBot> {
  const { apiUrl } = config.slack;
  // Before anything heavy: a wrong token is the commonest trouble.
  const self = await whoAmIAtLast({ botToken, apiUrl }, options.trouble, options.signal);
  return openTogether(async (opened) => {
    const chat = opened.add(await openChat(config, environment, options));
    const { presenter, log, pages } = chat;
    const bot = await startSlackBot({
      ...{ way, botToken, apiUrl, self, messageCommands, logger: boltLogger(log) },
      commands: chatCommands(catalogue),
      presenter: () => presenter,
      now: Date.now,
      trouble(message, cause) {
        log.write('error', message, {}, cause);
        options.trouble(message);
      },
      signal: options.signal,
    });
    opened.add({ [Symbol.asyncDispose]: () => bot.stop(0) });
    opened.add(chat.serve(bot.surface, { every }));
    return {
      ...{ team: bot.team, workspace: bot.workspace, address: bot.address, pages },
      stop: (grace) => bot.stop(grace),
      [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
    };
  });
}
