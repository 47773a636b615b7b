import type { REST } from 'discord.js';

import type { Asker } from '../../engine/asker.ts';
import type { Ask } from '../presenter/ask.ts';
import type { MessageCommand } from '../presenter/command.ts';
import { opensForm } from '../presenter/form.ts';
import type { Presenter } from '../presenter/presenter.ts';
import type { Reply } from '../presenter/reply.ts';
import { cardKey, type Posted, SurfaceError } from '../presenter/surface.ts';
import { type Answer, answerTo } from './answer.ts';
import { askOf, type Heard } from './ask-of.ts';
import { markOf } from './mark.ts';
import { missingFor } from './permissions.ts';
import { formView, noteView, troubleView } from './small-views.ts';
import type { DiscordSurface } from './surface.ts';
import type { Tokens } from './tokens.ts';

export interface Conversation {
  rest: REST;
  application: string;
  presenter: Presenter;
  surface: DiscordSurface;
  tokens: Tokens;
  forms: Forms;
  messageCommands: readonly MessageCommand[];
  /** Begins what it is given in turn, when it is quiet at the door. */
  turn<T>(work: () => Promise<T>): Promise<T>;
  /** Told of each acknowledgement that is on its way: no answer begins before it has arrived. */
  acknowledged<T>(request: Promise<T>): Promise<T>;
  /** How many interactions are not yet answered, this one with them. */
  inHand(): number;
  /** Told what broke; the asker reads that something did. */
  broke(error: unknown): void;
  /** Milliseconds until an interaction is at least acknowledged. */
  patience?: number;
}

/** Forms that came too late to be opened, behind the button that opens them. */
export type Forms = Map<string, Extract<Reply, { type: 'form' }>['form']>;

/** Answers one interaction. Whether an answer is for everybody is fixed by the first word, and a form must be it: so the presenter is given
 * a moment, in which nearly all replies come, and these answer the interaction itself. What takes longer is first acknowledged to the asker
 * alone; a card for everybody is then posted as the bot. `asker` is asked for in its turn, since that is a query too. */
export async function converse(
  heard: Heard,
  { user, asker }: { user: string; asker: () => Promise<Asker> },
  with_: Conversation,
): Promise<void> {
  const { presenter, tokens, patience = 400 } = with_;
  const answer = answerTo(with_.rest, with_.application, heard);
  const ask = askOf(heard, with_.messageCommands);
  if (ask === null) return;
  const living = { token: heard.token, user, channel: ask.place.channel, message: null };
  const longest = momentFor(ask, with_.inHand(), patience);
  const reply = with_
    .turn(async () => presenter.hear({ ...ask, asker: await asker() }))
    .catch((error: unknown): Reply => {
      with_.broke(error);
      return { type: 'refused', view: troubleView };
    });
  const first = await Promise.race([reply, after(longest)]);
  const at = {
    heard,
    ask,
    answer,
    remember: (message: string | null) => tokens.remember({ ...living, message }),
  };
  if (first !== null) return atOnce(first, at, with_);
  // Somebody else may have acknowledged it: then they answer it too, but a card that is ours has to be seen.
  const ours = await with_.acknowledged(answer.later()).then(
    () => true,
    () => false,
  );
  if (ours) at.remember(null);
  await afterwards(await reply, ours, at, with_);
}

/** Behind as many others nobody is answered quickly: 30 ms each. */
const longLine = 8;

/** Milliseconds that the presenter is given. A press that opens a form has to be answered by it, and there is only a row to be read. */
function momentFor({ said }: Pick<Ask, 'said'>, inHand: number, patience: number): number {
  if (said.type === 'press' && opensForm(said.button)) return 2500;
  return inHand > longLine ? 0 : patience;
}

interface At {
  heard: Heard;
  ask: Omit<Ask, 'asker'>;
  answer: Answer;
  /** Keeps the token, and which message it may change. */
  remember(message: string | null): void;
}

async function atOnce(reply: Reply, at: At, with_: Conversation): Promise<void> {
  const { answer } = at;
  const pressedOnTheirs = ((at.heard.message?.flags ?? 0) & ephemeral) !== 0;
  switch (reply.type) {
    case 'again':
      return;
    case 'form':
      return answer.form(reply.form);
    case 'refused':
    case 'confirm':
      await answer.them(reply.view);
      return at.remember(null);
    case 'answer':
      if (reply.private) await answer.them(reply.view);
      else if (pressedOnTheirs) return replaced(reply, at, with_);
      else await answer.everybody(reply.view);
      return at.remember(null);
    case 'accepted': {
      if (pressedOnTheirs) return replaced(reply, at, with_);
      const key = cardKey(reply.card);
      const posted = await answer.everybody(reply.view, markOf(key));
      at.remember(posted.message);
      return stands(reply.card, posted, at, with_);
    }
  }
}

/** What everybody is to see does not go where only they see something: that one goes, and the bot speaks for itself. */
async function replaced(reply: Reply, at: At, with_: Conversation): Promise<void> {
  await at.answer.later();
  at.remember(null);
  await afterwards(reply, true, at, with_);
}

async function afterwards(reply: Reply, ours: boolean, at: At, with_: Conversation): Promise<void> {
  const { answer } = at;
  switch (reply.type) {
    case 'again':
      return ours ? answer.dropped() : undefined;
    case 'form':
      if (!ours) return;
      with_.forms.set(reply.form.token, reply.form);
      return answer.filled(formView(reply.form));
    case 'refused':
    case 'confirm':
      return ours ? answer.filled(reply.view) : undefined;
    case 'answer':
      if (!ours) return;
      if (reply.private) return answer.filled(reply.view);
      await aloud(reply.view, `answer-${at.ask.id}`.slice(0, 25), ours, at, with_);
      return;
    case 'accepted': {
      const posted = await aloud(reply.view, cardKey(reply.card), ours, at, with_);
      if (posted !== null) await stands(reply.card, posted, at, with_);
    }
  }
}

/** Says something to everybody as the bot; where it may not speak there, by the interaction, which may anywhere. */
async function aloud(
  view: Extract<Reply, { view: unknown }>['view'],
  key: string,
  ours: boolean,
  { answer, ask, remember }: At,
  { surface }: Conversation,
): Promise<Posted | null> {
  try {
    const posted = await surface.say(ask.place, view, key);
    if (ours) await answer.dropped();
    return posted;
  } catch (error) {
    if (!(error instanceof SurfaceError) || error.trouble.kind !== 'forbidden' || !ours) throw error;
    await answer.filled(
      noteView(`I may not ${error.trouble.words}; below is what I could say through your command.`),
    );
    const posted = await answer.also(view, { mark: markOf(key) });
    remember(posted.message);
    return posted;
  }
}

/** A card stands: the presenter keeps it from now on. Whoever asked learns now, not in an hour, what the bot may not do here. */
async function stands(
  card: number,
  posted: Posted,
  { heard, answer }: At,
  with_: Conversation,
): Promise<void> {
  with_.surface.seen(posted, cardKey(card));
  await with_.presenter.posted(card, posted);
  const missing = missingFor(heard);
  if (missing.length > 0)
    await answer.also(
      noteView(
        `The result can come here for the next quarter of an hour only: later I need to ${missing.join(', ')} in this channel. Ask whoever looks after this server to allow it.`,
      ),
      { onlyForThem: true },
    );
}

const ephemeral = 64;

function after(milliseconds: number): Promise<null> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, null));
}
