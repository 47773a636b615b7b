import type { Logger } from '@slack/bolt';

import type { Asker } from '../../engine/asker.ts';
import { inTurn } from '../in-turn.ts';
import type { Ask, Attachment } from '../presenter/ask.ts';
import { emptyView } from '../presenter/card-view.ts';
import type { ChatCommand, MessageCommand } from '../presenter/command.ts';
import type { Presenter } from '../presenter/presenter.ts';
import type { Surfaces } from '../presenter/surface.ts';
import { openApp, type Way } from './app.ts';
import { reached } from './attachments.ts';
import { createFarewell } from './farewell.ts';
import type { Heard } from './heard.ts';
import { listen } from './listen.ts';
import { alone, say } from './say.ts';
import { createTeams, type Team } from './teams.ts';
import { tokenIn, type Where } from './where.ts';

export interface SlackOptions {
  way: Way;
  where: Where;
  /** `https://slack.com/api/`, or where another Slack answers. */
  apiUrl: string;
  commands: readonly ChatCommand[];
  messageCommands: readonly MessageCommand[];
  presenter: Presenter;
  logger: Logger;
  now(): number;
  /** Told what went wrong that nobody else hears of. */
  trouble(message: string, cause: unknown): void;
  /** Ends the wait for a Slack that does not answer yet. */
  signal?: AbortSignal;
}

/** A bot that is in Slack. */
export interface SlackBot {
  /** The workspaces, as cards and films are brought to them. */
  surfaces: Surfaces;
  /** Where Slack's requests come in; null for Socket Mode. */
  address: string | null;
  /** Takes nothing more in and lets what was taken in be answered, at most so many milliseconds. */
  stop(grace: number): Promise<void>;
}

/** How large a file Slack takes, bytes: https://slack.com/help/articles/201330736. */
const fileLimit = 1_073_741_824;

/** Comes into Slack, and answers what people say there until it is stopped. */
export async function startSlackBot(options: SlackOptions): Promise<SlackBot> {
  const { way, where, apiUrl, logger, now, presenter, trouble } = options;
  const farewell = where.type === 'many' ? createFarewell(where.app.installations, options) : null;
  const teams = createTeams({
    ...{ apiUrl, logger, now },
    token: (team) => tokenIn(where, team),
    groups: (team) => presenter.roleGroups('slack', team),
    refused: (team) => farewell !== null && left(team),
  });
  const working = new Set<Promise<void>>();
  const begin = (work: Promise<void>) => {
    const done = work.finally(() => working.delete(done));
    working.add(done);
  };
  const stopping = new AbortController();
  const { app, start, stop } = openApp({ way, where, apiUrl, logger, now, installed: teams.changed });

  const left = (team: string) => {
    if (farewell === null) return trouble('slack: the workspace took the app out, or its token back', team);
    begin(
      farewell(team)
        .catch((error: unknown) => trouble(`slack: ${team} could not be forgotten`, error))
        .finally(() => teams.changed(team)),
    );
  };
  const askerOf = async ({ id, standingOf }: Team, user: string): Promise<Asker> =>
    presenter.asker('slack', id, user, await standingOf(user));
  const hear = async ({ id, team, user, place, said, attachments }: Heard) => {
    const asker = await askerOf(team, user);
    const reach = (file: Attachment) => reached(file, { token: team.token, apiUrl });
    const ask: Ask = { surface: 'slack', id, asker, place, said, attachments, reach, fileLimit };
    return presenter.hear(ask, stopping.signal);
  };
  const turn = inTurn({ rounds: 5, longest: 500, alone: 100 });
  /** Behind the acknowledgement: whoever asked hears of it when this fails, too. */
  const later = (heard: Heard, work: () => Promise<void>) =>
    begin(
      turn(work)
        .catch(async (error: unknown) => {
          trouble('slack: what was asked could not be answered', error);
          await alone({ ...emptyView, ...broken }, heard);
        })
        .catch((error: unknown) => trouble('slack: nobody could be told', error)),
    );
  listen(app, {
    ...{ apiUrl, hear, later, left, trouble },
    ...{ commands: options.commands, messageCommands: options.messageCommands },
    async team({ teamId }) {
      const id = teamId ?? (where.type === 'one' ? where.self.team : '');
      const there = await teams.of(id);
      if (there === null) throw new Error(`the app is not installed in ${id}`);
      return there;
    },
    say: (reply, heard) => say(reply, heard, { presenter }),
    complete: async (team, user, { verb, field }, typed) =>
      presenter.complete(verb, field, typed, await askerOf(team, user), stopping.signal),
    cards: async (team, user, most) => presenter.cardsOf('slack', await askerOf(team, user), most),
  });
  // Whoever stops a bot that waits for Slack is not kept waiting too.
  options.signal?.addEventListener('abort', () => void stop().catch(() => {}), { once: true });
  const address = await start();
  return {
    surfaces: teams.surfaces,
    address,
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
