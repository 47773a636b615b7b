import { InteractionType } from 'discord.js';

import type { Asker } from '../../engine/asker.ts';
import type { Ask } from '../presenter/ask.ts';
import { opensForm } from '../presenter/form.ts';
import type { Reply } from '../presenter/reply.ts';
import { cardKey } from '../presenter/surface.ts';
import { afterwards, keep, stands } from './afterwards.ts';
import { answerTo } from './answer.ts';
import { askOf, type Heard } from './ask-of.ts';
import type { At, Conversation } from './conversation.ts';
import { markOf } from './mark.ts';
import { formView, troubleView } from './small-views.ts';

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
  const longest = momentFor(ask, with_, patience);
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

/** Milliseconds that the presenter is given. What opens a form has to be answered by it, and there are only rows to be read. */
function momentFor({ said }: Pick<Ask, 'said'>, with_: Conversation, patience: number): number {
  if (said.type === 'press' && opensForm(said.button)) return 2500;
  const command = said.type === 'message' ? said.command : null;
  if (with_.messageCommands.some(({ id, asks }) => id === command && asks)) return 2500;
  return with_.inHand() > longLine ? 0 : patience;
}

async function atOnce(reply: Reply, at: At, with_: Conversation): Promise<void> {
  const { answer } = at;
  const pressedOnTheirs = ((at.heard.message?.flags ?? 0) & ephemeral) !== 0;
  switch (reply.type) {
    case 'again':
      return;
    case 'form':
      // What a form led to cannot open another by itself.
      if (at.heard.type !== InteractionType.ModalSubmit) return answer.form(reply.form);
      keep(with_.forms, reply.form);
      return answer.them(formView(reply.form));
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

const ephemeral = 64;

function after(milliseconds: number): Promise<null> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, null));
}
