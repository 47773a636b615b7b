import { type BotNews, runBot } from '../../../bots/discord/bot.ts';
import { openRest } from '../../../bots/discord/open-rest.ts';
import { openSurface } from '../../../bots/discord/surface.ts';
import { createTokens } from '../../../bots/discord/tokens.ts';
import { chatCommands, messageCommands } from '../../../bots/presenter/commands.ts';
import type { Presenter } from '../../../bots/presenter/presenter.ts';
import { catalogue } from '../../../dsl/catalogue.ts';
import type { FakeDiscord } from '../../fakes/discord/discord.ts';

export interface RunningBot extends AsyncDisposable {
  surface: ReturnType<typeof openSurface>;
  /** What it told whoever runs it, in order. */
  news: string[];
  broke: unknown[];
  /** Settles when the bot has ended. */
  ended: Promise<void>;
  stop(): void;
}

/** The bot on a fake Discord, ready to hear. `patience` of the gateway, milliseconds. */
export async function openBot(
  discord: FakeDiscord,
  presenter: Presenter,
  options: {
    patience?: number;
    token?: string;
    shards?: { ids: number[]; count: number };
    ready?: boolean;
    answerWithin?: number;
    openTo?: string[];
  } = {},
): Promise<RunningBot> {
  const stopping = new AbortController();
  const rest = openRest(discord.api, options.token ?? discord.token);
  const tokens = createTokens(discord.state.now);
  const surface = openSurface(rest, discord.application, tokens);
  const news: string[] = [];
  const broke: unknown[] = [];
  const ready = Promise.withResolvers<void>();
  const told: BotNews = {
    registered: ({ diff }) => news.push(`registered: ${diff.length}`),
    ready: (name) => {
      news.push(`ready: ${name}`);
      ready.resolve();
    },
    trouble: (words) => news.push(`trouble: ${words}`),
    broke: (error) => broke.push(error),
  };
  const ended = runBot(
    {
      rest,
      token: options.token ?? discord.token,
      application: discord.application,
      shards: options.shards ?? null,
      presenter,
      surface,
      tokens,
      commands: chatCommands(catalogue),
      messageCommands,
      openTo: options.openTo ?? null,
      news: told,
      patience: options.patience,
      answerWithin: options.answerWithin,
    },
    stopping.signal,
  );
  ended.catch(ready.reject);
  ready.promise.catch(() => {});
  if (options.ready ?? true) await ready.promise;
  return {
    surface,
    news,
    broke,
    ended,
    stop: () => stopping.abort(),
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await ended.catch(() => {});
    },
  };
}
