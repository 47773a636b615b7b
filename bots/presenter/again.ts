import type { Ask } from './ask.ts';
import { againButton } from './ask-for.ts';
import type { CardButton } from './card-view.ts';
import type { Manner } from './manner.ts';
import type { Reply } from './reply.ts';
import type { PresenterTools } from './tools.ts';
import type { Wrong } from './wrong.ts';

/** The way back to what was said, where somebody said it: a form of the verb, or the statement as it was typed. */
export async function againAs(
  typed: string,
  manner: Manner,
  ask: Ask,
  tools: PresenterTools,
  wrong?: Wrong,
): Promise<CardButton[]> {
  const said = manner.surface === 'chat' ? { verb: 'pql', said: { query: typed } } : null;
  const again = manner.again ?? said;
  const button =
    again === null
      ? null
      : await againButton({ ...again, ...(wrong && { text: wrong.text, wrong: wrong.field }) }, ask, tools);
  return button === null ? [] : [button];
}

/** The refusal of a file, with the way back to what was said: with another file, not this one. */
export async function otherwise(
  reply: Reply,
  text: string,
  manner: Manner,
  ask: Ask,
  tools: PresenterTools,
): Promise<Reply> {
  if (reply.type !== 'refused') return reply;
  const again = await againAs(text, manner, { ...ask, attachments: [] }, tools);
  return { ...reply, view: { ...reply.view, buttons: again.length === 0 ? [] : [again] } };
}
