import { InteractionResponseType, MessageFlags, type REST, Routes } from 'discord.js';

import type { CardView } from '../presenter/card-view.ts';
import type { Form } from '../presenter/form.ts';
import type { Posted } from '../presenter/surface.ts';
import type { Heard } from './ask-of.ts';
import { channelOf } from './ask-of.ts';
import { drawCard } from './draw-card.ts';
import { drawForm } from './draw-form.ts';
import { within } from './open-rest.ts';

/** Ways to answer one interaction. Each is a request; what Discord refuses is thrown as it is. */
export interface Answer {
  /** A message that everybody sees. */
  everybody(view: CardView, mark?: number): Promise<Posted>;
  /** A message that only they see; in place of the one that was pressed on, where only they saw that one too. */
  them(view: CardView): Promise<void>;
  /** A form: possible only as the very first answer. */
  form(form: Form): Promise<void>;
  /** Takes more time than there is; only they see that somebody is thinking. */
  later(): Promise<void>;
  /** After `later`: fills in what only they see. */
  filled(view: CardView): Promise<void>;
  /** After `later`: takes away what only they see. */
  dropped(): Promise<void>;
  /** After an answer: one more message, to everybody or to them alone. */
  also(view: CardView, options?: { onlyForThem?: boolean; mark?: number }): Promise<Posted>;
}

export function answerTo(rest: REST, application: string, heard: Heard): Answer {
  const token = heard.token;
  const original = Routes.webhookMessage(application, token, '@original');
  // What only they see is drawn over by a press on it, so that its dead buttons do not stay.
  const onTheirs = heard.message !== undefined && ((heard.message.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  const call = (type: InteractionResponseType, data?: object) =>
    rest.post(Routes.interactionCallback(heard.id, token), {
      body: { type, data },
      auth: false,
      query: new URLSearchParams({ with_response: 'true' }),
      signal: within(undefined),
    }) as Promise<{ resource?: { message?: { id: string } } }>;
  const posted = (message: string): Posted => ({ channel: channelOf(heard), thread: null, message });

  return {
    async everybody(view, mark) {
      const body = drawCard(view, { mark });
      const { resource } = await call(InteractionResponseType.ChannelMessageWithSource, body);
      const id = resource?.message?.id;
      if (id !== undefined) return posted(id);
      const message = await rest.get(original, { auth: false, signal: within(undefined) });
      return posted((message as { id: string }).id);
    },
    async them(view) {
      if (onTheirs) await call(InteractionResponseType.UpdateMessage, drawCard(view));
      else
        await call(InteractionResponseType.ChannelMessageWithSource, drawCard(view, { onlyForThem: true }));
    },
    async form(form) {
      await call(InteractionResponseType.Modal, drawForm(form));
    },
    async later() {
      if (onTheirs) await call(InteractionResponseType.DeferredMessageUpdate);
      else
        await call(InteractionResponseType.DeferredChannelMessageWithSource, {
          flags: MessageFlags.Ephemeral,
        });
    },
    async filled(view) {
      await rest.patch(original, { body: drawCard(view), auth: false, signal: within(undefined) });
    },
    async dropped() {
      await rest.delete(original, { auth: false, signal: within(undefined) });
    },
    async also(view, { onlyForThem = false, mark } = {}) {
      const body = drawCard(view, { mark, onlyForThem });
      const route = Routes.webhook(application, token);
      const message = await rest.post(route, { body, auth: false, signal: within(undefined) });
      return posted((message as { id: string }).id);
    },
  };
}
