import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { type CardView, emptyView } from '../presenter/card-view.ts';
import type { Form } from '../presenter/form.ts';
import type { Presenter } from '../presenter/presenter.ts';
import type { Reply } from '../presenter/reply.ts';
import { cardKey, SurfaceError } from '../presenter/surface.ts';
import { drawCard } from './draw-card.ts';
import { drawWindow } from './draw-window.ts';
import type { Heard } from './heard.ts';

export interface SayTools {
  presenter: Pick<Presenter, 'posted' | 'silent'>;
}

/** Says in Slack what the presenter answered. */
export async function say(reply: Reply, heard: Heard, tools: SayTools): Promise<void> {
  if (reply.type === 'again') return;
  // What was refused stands there still when a window is put away.
  if (heard.alone && reply.type !== 'form') await heard.answers?.({ delete_original: true }).catch(() => {});
  switch (reply.type) {
    case 'refused':
    case 'confirm':
      return alone(reply.view, heard);
    case 'answer':
      return reply.private ? alone(reply.view, heard) : everybody(reply.view, heard);
    case 'form':
      return openWindow(reply.form, heard);
    case 'accepted':
      return accepted(reply.card, reply.view, heard, tools);
  }
}

/** Tells only who asked. Slack's own address for answers needs no membership; where it is used up or too old, the surface finds a way. */
export async function alone(view: CardView, heard: Heard): Promise<void> {
  if (await answered(view, heard, 'ephemeral')) return;
  await heard.team.surface.tell(heard.user, heard.place, view);
}

async function everybody(view: CardView, heard: Heard): Promise<void> {
  if (await answered(view, heard, 'in_channel')) return;
  const key = `said-${createHash('sha256').update(heard.id).digest('hex').slice(0, 16)}`;
  await heard.team.surface.postNew(heard.place, view, key);
}

async function answered(
  view: CardView,
  { answers, place }: Heard,
  type: 'ephemeral' | 'in_channel',
): Promise<boolean> {
  if (answers === null) return false;
  const thread = place.thread === null ? {} : { thread_ts: place.thread };
  try {
    await answers({ ...drawCard(view, null), response_type: type, replace_original: false, ...thread });
    return true;
  } catch {
    return false;
  }
}

/** A window opens for three seconds after what was done. Later there is a button for it. */
async function openWindow(form: Form, heard: Heard): Promise<void> {
  const view = drawWindow(form, { form: { token: form.token }, place: heard.place });
  try {
    if (heard.trigger === null) throw new Error('nothing was pressed');
    await heard.team.client.views.open({ trigger_id: heard.trigger, view });
  } catch {
    await alone(
      {
        ...emptyView,
        title: form.title,
        lines: [
          ...(form.text === null ? [] : [form.text]),
          'Slack opens a window only within three seconds.',
        ],
        buttons: [[{ token: form.token, label: 'Fill in', style: 'primary', url: null }]],
      },
      heard,
    );
  }
}

/** How long a card is tried to be posted here, milliseconds; then whoever keeps the cards does it. */
const insistence = 25_000;

/** Where it cannot be posted, the asker learns why at once; the run goes on. */
async function accepted(card: number, view: CardView, heard: Heard, { presenter }: SayTools): Promise<void> {
  const { surface } = heard.team;
  const key = cardKey(card);
  const until = performance.now() + insistence;
  let first = true;
  for (;;) {
    try {
      // Only the first time is it sure that nothing stands there yet.
      const posted = first
        ? await surface.postNew(heard.place, view, key)
        : await surface.post(heard.place, view, key);
      return await presenter.posted(card, posted);
    } catch (error) {
      if (!(error instanceof SurfaceError)) throw error;
      const { trouble } = error;
      if (trouble.kind === 'forbidden') {
        await notAllowed(trouble.words, view, heard);
        return presenter.silent(card);
      }
      const pause = trouble.kind === 'later' ? (trouble.after ?? 2) * 1000 : Number.POSITIVE_INFINITY;
      first &&= trouble.kind === 'later' && trouble.own === true;
      if (performance.now() + pause > until) return;
      await sleep(pause);
    }
  }
}

async function notAllowed(words: string, view: CardView, heard: Heard): Promise<void> {
  const lines = [`I may not ${words}.`, 'It goes on all the same: what comes out is kept.'];
  await alone({ ...view, lines: [...lines, ...view.lines], buttons: [] }, heard);
}
