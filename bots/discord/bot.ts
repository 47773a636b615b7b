import { type APIInteraction, InteractionType, type REST } from 'discord.js';

import type { ChatCommand, MessageCommand } from '../presenter/command.ts';
import type { Presenter } from '../presenter/presenter.ts';
import { SurfaceError } from '../presenter/surface.ts';
import { createTurns } from '../turns.ts';
import { answerTo } from './answer.ts';
import type { Heard } from './ask-of.ts';
import { complete } from './complete.ts';
import { type Conversation, converse, type Forms } from './converse.ts';
import { declare } from './declare.ts';
import { GatewayRefusal, listen, unknownToken } from './gateway.ts';
import { pause, pauseAfter } from './pause.ts';
import { type Registered, register } from './register.ts';
import { saidBy } from './said-by.ts';
import { forgottenView, lateForm, notHereView } from './small-views.ts';
import type { DiscordSurface } from './surface.ts';
import type { Tokens } from './tokens.ts';
import { code, isCode, troubled } from './trouble.ts';

export interface BotParts {
  rest: REST;
  token: string;
  application: string;
  shards: { ids: readonly number[]; count: number } | null;
  presenter: Presenter;
  surface: DiscordSurface;
  tokens: Tokens;
  commands: readonly ChatCommand[];
  messageCommands: readonly MessageCommand[];
  news: BotNews;
  /** Milliseconds that the gateway may take to answer. */
  patience?: number;
  /** Milliseconds until an interaction is at least acknowledged. */
  answerWithin?: number;
}

/** Told what happens, for whoever runs the bot. */
export interface BotNews {
  registered(registered: Registered): void;
  ready(name: string, guilds: number): void;
  trouble(words: string): void;
  /** What was answered with "something went wrong", or not at all. */
  broke(error: unknown): void;
}

/** Answers in Discord until the signal, then hears nothing more, and ends once what it heard is answered. Throws where Discord refuses the
 * token for good. */
export async function runBot(parts: BotParts, signal: AbortSignal): Promise<void> {
  const { presenter, surface, news } = parts;
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, ended.signal]);
  const answering = new Set<Promise<void>>();
  const forms: Forms = new Map();
  const turns = createTurns(mostHeard);
  const hear = (interaction: APIInteraction) => {
    const answered = answer(interaction, { ...parts, forms, turns, broke: news.broke }).catch(
      (error: unknown) => {
        // Somebody else answered it, or it came too late for any answer: a card that is ours is posted by the keeper of cards.
        if (!isCode(error, code.acknowledged, code.unknownInteraction)) news.broke(error);
      },
    );
    answering.add(answered);
    void answered.then(() => answering.delete(answered));
  };
  const keeping = presenter.keep(surface, { every: betweenEdits }, stop);
  try {
    await Promise.race([
      keeping,
      (async () => {
        await announce(parts, stop);
        await listen(
          {
            rest: parts.rest,
            token: parts.token,
            shards: parts.shards,
            patience: parts.patience,
            trouble: news.trouble,
            ready: (user, guilds) => news.ready(user.username, guilds),
            heard: hear,
          },
          stop,
        );
      })(),
    ]);
  } finally {
    await Promise.all(answering);
    ended.abort();
    await keeping;
  }
}

/** Statements that are compiled and submitted at the same time. */
const mostHeard = 2;

/** Registers the commands, for as long as it takes to reach Discord. */
async function announce(
  { rest, application, commands, messageCommands, news }: BotParts,
  signal: AbortSignal,
): Promise<void> {
  const declared = declare(commands, messageCommands);
  for (let failures = 1; !signal.aborted; failures++) {
    try {
      return news.registered(await register(rest, application, declared, signal));
    } catch (error) {
      const trouble = troubled(error, 'register commands', signal);
      if (!(trouble instanceof SurfaceError)) throw trouble;
      if ((error as { status?: number }).status === 401)
        throw new GatewayRefusal(unknownToken, { cause: error });
      if (trouble.trouble.kind !== 'later') throw error;
      const milliseconds = pauseAfter(failures);
      news.trouble(
        `Discord does not take the commands yet; trying again in ${Math.ceil(milliseconds / 1000)} s`,
      );
      await pause(milliseconds, signal);
    }
  }
}

/** Milliseconds between two edits of a card: five seconds, and so that all of them together stay within what one channel takes (five in five
 * seconds), leaving room for the films. */
function betweenEdits(living: number): number {
  return Math.max(5000, living * 1500);
}

async function answer(
  heard: APIInteraction,
  parts: BotParts & Pick<Conversation, 'forms' | 'turns' | 'broke'>,
): Promise<void> {
  if (heard.type === InteractionType.Ping) return;
  const { guild, user, standing } = saidBy(heard);
  const asker = () => parts.presenter.asker('discord', guild ?? '', user, standing);
  if (heard.type === InteractionType.ApplicationCommandAutocomplete) {
    if (guild !== null) await complete(parts.rest, heard, asker, parts.presenter);
    return;
  }
  const direct = answerTo(parts.rest, parts.application, heard);
  if (guild === null) return direct.them(notHereView);
  const late = lateFormOf(heard);
  if (late !== null) {
    const form = parts.forms.get(late);
    return form ? direct.form(form) : direct.them(forgottenView);
  }
  await converse(heard, { user, asker }, { ...parts, patience: parts.answerWithin });
}

/** The token of a form that is to be opened after all. */
function lateFormOf(heard: Heard): string | null {
  if (heard.type !== InteractionType.MessageComponent) return null;
  const { custom_id: id } = heard.data;
  return id.startsWith(lateForm) ? id.slice(lateForm.length) : null;
}
