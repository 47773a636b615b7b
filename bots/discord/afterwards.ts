import type { CardView } from '../presenter/card-view.ts';
import type { Form } from '../presenter/form.ts';
import type { Reply } from '../presenter/reply.ts';
import { cardKey, type Posted, SurfaceError } from '../presenter/surface.ts';
import type { At, Conversation, Forms } from './conversation.ts';
import { markOf } from './mark.ts';
import { missingFor } from './permissions.ts';
import { formView, noteView } from './small-views.ts';

/** What is said after an acknowledgement that only the asker sees; `ours`: whether it was this process that acknowledged. */
export async function afterwards(reply: Reply, ours: boolean, at: At, with_: Conversation): Promise<void> {
  const { answer } = at;
  switch (reply.type) {
    case 'again':
      return ours ? answer.dropped() : undefined;
    case 'form':
      if (!ours) return;
      keep(with_.forms, reply.form);
      return answer.filled(formView(reply.form));
    case 'refused':
    case 'confirm':
      return ours ? answer.filled(reply.view) : undefined;
    case 'answer':
      if (!ours) return;
      if (reply.private) return answer.filled(reply.view);
      await aloud(reply.view, `a-${at.ask.id}`, ours, at, with_);
      return;
    case 'accepted': {
      const posted = await aloud(reply.view, cardKey(reply.card), ours, at, with_);
      if (posted !== null) await stands(reply.card, posted, at, with_);
    }
  }
}

/** Says something to everybody as the bot; where it may not speak there, by the interaction, which may anywhere. */
async function aloud(
  view: CardView,
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
export async function stands(
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

/** As many as people may have before them: nobody fills in a form of yesterday. */
const mostForms = 500;

/** Remembers a form behind a button that opens it. */
export function keep(forms: Forms, form: Form): void {
  forms.set(form.token, form);
  const [oldest] = forms.keys();
  if (forms.size > mostForms && oldest !== undefined) forms.delete(oldest);
}
