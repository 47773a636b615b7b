import { catalogue } from '../../../dsl/catalogue.ts';
import type { Config } from '../../../engine/config.ts';
import { openTogether } from '../../../engine/opened.ts';
import { type BotNews, runBot } from '../../discord/bot.ts';
import { openRest } from '../../discord/open-rest.ts';
import { openSurface } from '../../discord/surface.ts';
import { createTokens } from '../../discord/tokens.ts';
import { whoAmI } from '../../discord/who-am-i.ts';
import { chatCommands, messageCommands } from '../../presenter/commands.ts';
import { onlyWhereOpen } from '../../presenter/open-to.ts';
import { everywhere } from '../../presenter/surface.ts';
import { openChat } from './chat.ts';
import type { Environment } from './models.ts';

export interface DiscordWishes {
  /** Which of how many shards; null for all. */
  shards: { ids: readonly number[]; count: number } | null;
  /** False where jobs are left to workers elsewhere. */
  work: boolean;
  news: Omit<BotNews, 'broke'>;
}

/** A bot that is on its way into Discord. */
export interface RunningBot extends AsyncDisposable {
  pages: { host: string; port: number } | null;
  /** Ends when the bot has: after `stop`, once what it heard is answered; or with what Discord refuses for good. */
  ended: Promise<void>;
  /** Hears nothing more. */
  stop(): void;
  /** Waits for no answer that is on its way. */
  hurry(): void;
}

/** Milliseconds between two edits of a card: five seconds, and so that all of them together stay within what one channel takes (five in five
 * seconds), leaving room for the films. */
const every = (living: number) => Math.max(5000, living * 1500);

/** Opens the home or the server's database, and comes into Discord. */
export async function openDiscord(
  config: Config,
  environment: Environment,
  token: string,
  { shards, work, news }: DiscordWishes,
): Promise<RunningBot> {
  return openTogether(async (opened) => {
    const chat = opened.add(await openChat(config, environment, { work, trouble: news.trouble }));
    const stopping = new AbortController();
    const run = async () => {
      const rest = openRest(config.discord.apiUrl, token);
      const application =
        config.discord.application ??
        (await whoAmI(rest, { trouble: news.trouble, signal: stopping.signal }));
      if (application === null) return;
      const tokens = createTokens(Date.now);
      const surface = openSurface(rest, application, tokens);
      const openTo = config.discord.servers;
      const serving = chat.serve(onlyWhereOpen(everywhere(surface), openTo), { every });
      const broke = (error: unknown) => chat.log.write('error', 'an answer in Discord failed', {}, error);
      const { presenter } = chat;
      try {
        await runBot(
          {
            ...{ rest, token, application, shards, presenter, surface, tokens, messageCommands, openTo },
            commands: chatCommands(catalogue),
            news: { ...news, broke },
          },
          stopping.signal,
        );
      } finally {
        await serving[Symbol.asyncDispose]();
      }
    };
    const hurried = Promise.withResolvers<void>();
    const ended = Promise.race([run(), hurried.promise]);
    // Whoever waits for the end hears of it.
    ended.catch(() => {});
    opened.add({
      async [Symbol.asyncDispose]() {
        stopping.abort();
        await ended.catch(() => {});
      },
    });
    return {
      pages: chat.pages,
      ended,
      stop: () => stopping.abort(),
      hurry: () => hurried.resolve(),
      [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
    };
  });
}
