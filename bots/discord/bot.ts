import { type APIInteraction, InteractionType, type REST } from 'discord.js';
import { inTurn } from '../in-turn.ts';
import type { ChatCommand, MessageCommand } from '../presenter/command.ts';
import { isOpenTo, type OpenTo } from '../presenter/open-to.ts';
import type { Presenter } from '../presenter/presenter.ts';
import { answerTo } from './answer.ts';
import type { Heard } from './ask-of.ts';
import { complete } from './complete.ts';
import type { Conversation, Forms } from './conversation.ts';
import { converse } from './converse.ts';
import { declare } from './declare.ts';
import { listen } from './gateway.ts';
import { type Registered, register } from './register.ts';
import { saidBy } from './said-by.ts';
import { lateForm, notHereView, notOpenView } from './small-views.ts';
import type { DiscordSurface } from './surface.ts';
import type { Tokens } from './tokens.ts';
import { code, isCode } from './trouble.ts';
import { insist } from './who-am-i.ts';

export interface BotParts {
  rest: REST;
  token: string;
  application: string;
  shards: { ids: readonly number[]; count: number } | null;
  presenter: Presenter;
  surface: DiscordSurface;
  tokens: Tokens;
  /** The servers that it is open to. */
  openTo: OpenTo;
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
  const { news } = parts;
  const answering = new Set<Promise<void>>();
  const forms: Forms = new Map();
  let acknowledging = 0;
  const turn = inTurn({ rounds: 3, longest: 2000, alone: 100, acknowledging: () => acknowledging });
  const acknowledged = async <T>(request: Promise<T>) => {
    acknowledging++;
    try {
      return await request;
    } finally {
      acknowledging--;
    }
  };
  const hear = (interaction: APIInteraction) => {
    const answered = answer(interaction, {
      ...parts,
      forms,
      turn,
      acknowledged,
      inHand: () => answering.size,
      broke: news.broke,
    }).catch((error: unknown) => {
      // Somebody else answered it, or it came too late for any answer: a card that is ours is posted by the keeper of cards.
      if (!isCode(error, code.acknowledged, code.unknownInteraction)) news.broke(error);
    });
    answering.add(answered);
    void answered.then(() => answering.delete(answered));
  };
  try {
    await announce(parts, signal);
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
      signal,
    );
  } finally {
    await Promise.all(answering);
  }
}

/** Registers the commands. */
async function announce(
  { rest, application, commands, messageCommands, news }: BotParts,
  signal: AbortSignal,
): Promise<void> {
  const declared = declare(commands, messageCommands);
  const registered = await insist('take the commands', { trouble: news.trouble, signal }, () =>
    register(rest, application, declared, signal),
  );
  if (registered !== null) news.registered(registered);
}

async function answer(
  heard: APIInteraction,
  parts: BotParts & Pick<Conversation, 'forms' | 'turn' | 'acknowledged' | 'inHand' | 'broke'>,
): Promise<void> {
  if (heard.type === InteractionType.Ping) return;
  const { guild, user, standing } = saidBy(heard);
  const asker = () => parts.presenter.asker('discord', guild ?? '', user, standing);
  if (heard.type === InteractionType.ApplicationCommandAutocomplete) {
    if (guild !== null && isOpenTo(parts.openTo, guild))
      await complete(parts.rest, heard, asker, parts.presenter, parts.answerWithin);
    return;
  }
  const direct = answerTo(parts.rest, parts.application, heard);
  if (guild === null) return direct.them(notHereView);
  if (!isOpenTo(parts.openTo, guild)) return direct.them(notOpenView);
  const late = lateFormOf(heard);
  if (late !== null) {
    const form = parts.forms.get(late);
    if (form !== undefined) return direct.form(form);
    // Shown by another process, or by this one before it was started anew: what it was for is known all the same.
    heard = { ...heard, data: { ...heard.data, custom_id: late } } as Heard;
  }
  await converse(heard, { user, asker }, { ...parts, patience: parts.answerWithin });
}

/** The token of a form that is to be opened after all. */
function lateFormOf(heard: Heard): string | null {
  if (heard.type !== InteractionType.MessageComponent) return null;
  const { custom_id: id } = heard.data;
  return id.startsWith(lateForm) ? id.slice(lateForm.length) : null;
}
