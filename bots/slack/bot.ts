import type { Logger } from '@slack/bolt';

import type { Asker } from '../../engine/asker.ts';
import { inTurn } from '../in-turn.ts';
import type { Ask } from '../presenter/ask.ts';
import { emptyView } from '../presenter/card-view.ts';
import type { ChatCommand, MessageCommand } from '../presenter/command.ts';
import type { Presenter } from '../presenter/presenter.ts';
import { openApp, type Way } from './app.ts';
import { openClient } from './clients.ts';
import type { Heard } from './heard.ts';
import { listen } from './listen.ts';
import { createMembers } from './names.ts';
import { alone, say } from './say.ts';
import { createStanding } from './standing.ts';
import { createSurface, type SlackSurface } from './surface.ts';
import type { Self } from './who-am-i.ts';

export interface SlackOptions {
  way: Way;
  botToken: string;
  /** `https://slack.com/api/`, or where another Slack answers. */
  apiUrl: string;
  /** Whose token it is. */
  self: Self;
  commands: readonly ChatCommand[];
  messageCommands: readonly MessageCommand[];
  /** Who answers. It is given the surface, since it keeps cards on it. */
  presenter(surface: SlackSurface): Presenter;
  logger: Logger;
  now(): number;
  /** Told what went wrong that nobody else hears of. */
  trouble(message: string, cause: unknown): void;
  /** Ends the wait for a Slack that does not answer yet. */
  signal?: AbortSignal;
}

/** A bot that is in Slack. */
export interface SlackBot {
  surface: SlackSurface;
  /** Where Slack's requests come in; null for Socket Mode. */
  address: string | null;
  /** `slack:T1`. */
  workspace: string;
  /** What the workspace is called. */
  team: string;
  /** Takes nothing more in and lets what was taken in be answered, at most so many milliseconds. */
  stop(grace: number): Promise<void>;
}

/** How large a file Slack takes, bytes: https://slack.com/help/articles/201330736. */
const fileLimit = 1_073_741_824;

/** Comes into Slack, and answers what people say there until it is stopped. */
export async function startSlackBot(options: SlackOptions): Promise<SlackBot> {
  const { botToken, apiUrl, self, logger, now } = options;
  const client = openClient(botToken, apiUrl, logger);
  const workspace = `slack:${self.team}`;
  const member = createMembers(client, { now });
  const editing = openClient(botToken, apiUrl, logger);
  const surface = createSurface({ client, editing, member });
  const presenter = options.presenter(surface);
  const groups = () => presenter.roleGroups('slack', self.team);
  const standingOf = createStanding({ client, member, now, groups });
  const working = new Set<Promise<void>>();
  const stopping = new AbortController();
  const { app, start, stop } = openApp({ way: options.way, token: botToken, apiUrl, self, logger, now });

  const askerOf = async (user: string): Promise<Asker> =>
    presenter.asker('slack', self.team, user, await standingOf(user));
  const hear = async (heard: Heard) => {
    const { id, place, said, attachments } = heard;
    const ask: Ask = {
      surface: 'slack',
      id,
      asker: await askerOf(heard.user),
      place,
      said,
      attachments,
      fileLimit,
    };
    return presenter.hear(ask, stopping.signal);
  };
  const turn = inTurn({ rounds: 5, longest: 500, alone: 100 });
  /** Behind the acknowledgement: whoever asked hears of it when this fails, too. */
  const later = (heard: Heard, work: () => Promise<void>) => {
    const done = turn(work)
      .catch(async (error: unknown) => {
        options.trouble('slack: what was asked could not be answered', error);
        await alone({ ...emptyView, ...broken }, heard, { client, surface, presenter });
      })
      .catch((error: unknown) => options.trouble('slack: nobody could be told', error))
      .finally(() => working.delete(done));
    working.add(done);
  };
  listen(app, {
    ...{ client, botToken, apiUrl, commands: options.commands, messageCommands: options.messageCommands },
    hear,
    later,
    say: (reply, heard) => say(reply, heard, { client, surface, presenter }),
    cards: async (user, most) => presenter.cardsOf('slack', await askerOf(user), most),
    trouble: options.trouble,
  });
  // Whoever stops a bot that waits for Slack is not kept waiting too.
  options.signal?.addEventListener('abort', () => void stop().catch(() => {}), { once: true });
  const address = await start();
  return {
    surface,
    address,
    workspace,
    team: self.teamName,
    async stop(grace) {
      await stop();
      const all = Promise.all(working);
      const timer = Promise.withResolvers<void>();
      const late = setTimeout(timer.resolve, grace);
      await Promise.race([all, timer.promise]);
      clearTimeout(late);
      stopping.abort();
      await all;
    },
  };
}

const broken = {
  tone: 'failed',
  title: 'This went wrong on our side',
  lines: ['Nothing was lost: try it again in a moment. Whoever runs the bot finds why in its log.'],
} as const;
