import type { Command } from '../../dsl/compiled.ts';
import type { JsonObject } from '../../dsl/json.ts';
import { parse } from '../../dsl/parse.ts';
import { print } from '../../dsl/print.ts';
import { vocabularyOf } from '../../dsl/vocabulary-of.ts';
import { type ButtonRow, findButton, useButton } from '../../engine/cards/buttons.ts';
import { type CardRow, cardsBeside, leaveCard, readCard } from '../../engine/cards/cards.ts';
import { recentClips } from '../../engine/look-up/recent.ts';
import type { Ask, Values } from './ask.ts';
import { formAgain } from './ask-for.ts';
import { withAttached } from './attached.ts';
import type { CardAction } from './card-buttons.ts';
import { claimLate } from './claims.ts';
import { fillIn } from './fill-in.ts';
import { createFormText } from './form-text.ts';
import { stitchForm } from './forms.ts';
import { pressRequest } from './press-request.ts';
import { askFirst, type OfferAction } from './questions.ts';
import { remembered } from './remembered.ts';
import type { Reply } from './reply.ts';
import { reportOn } from './report.ts';
import { seenRun } from './seen-run.ts';
import { shownOn } from './shown-on.ts';
import { say } from './statement.ts';
import { lastMade } from './told.ts';
import type { PresenterTools } from './tools.ts';
import { varied } from './vary.ts';
import { answerView } from './views/answer-view.ts';
import { refusedView } from './views/refusal-view.ts';
import { shaped } from './views/shape.ts';

/** Does what a button means, weeks later and whatever was restarted in between; who may, is decided here. */
export async function press(
  token: string,
  values: Values | undefined,
  ask: Ask,
  tools: PresenterTools,
  signal?: AbortSignal,
): Promise<Reply> {
  const button = await findButton(tools.parts.store, ask.surface, ask.asker.workspace, token);
  if (button === null) return refused('This button means nothing any more', 'what it was for was removed');
  const card = button.card === null ? null : await readCard(tools.parts.store, button.card);
  if (card?.request != null) {
    const { request } = card;
    return pressRequest(button, { ...card, request }, values, ask, tools);
  }
  if (!mayPress(button, ask))
    return refused('Only who asked, and moderators, may press this', notYours(button));
  if (button.card === null) return answered(button, values, ask, tools, signal);
  if (card === null) return refused('This card is no more', null);
  return actions[button.action as CardAction](button, card, values, ask, tools, signal);
}

function mayPress({ owner }: ButtonRow, { asker }: Ask): boolean {
  return owner === asker.user || asker.roles.includes('moderator') || asker.roles.includes('admin');
}

function notYours({ action }: ButtonRow): string | null {
  return ['upscale', 'vary', 'stitch', 'rerun'].includes(action)
    ? 'say the same yourself: the statement stands on the card'
    : null;
}

type Action = (
  button: ButtonRow,
  card: CardRow,
  values: Values | undefined,
  ask: Ask,
  tools: PresenterTools,
  signal?: AbortSignal,
) => Promise<Reply>;

const actions: Readonly<Record<CardAction, Action>> = {
  async cancel(_button, { group }, _values, ask, { engine }) {
    const stopped = await engine.cancel(group, ask.asker);
    return stopped
      ? note(`${group} is cancelled`, `What was finished stays; RETRY ${group} goes on with it.`)
      : refused(`${group} has ended already`, null);
  },

  rerun: (_button, { pql }, _values, ask, tools, signal) => say(pql, { once: true }, ask, tools, signal),

  async vary(_button, { pql }, _values, ask, tools, signal) {
    const { script } = parse(pql, vocabularyOf(tools.catalogue));
    const seed = () => Buffer.from(tools.random(4)).readUInt32BE();
    return say(print(varied(script, tools.catalogue, seed)), {}, ask, tools, signal);
  },

  claim: (_button, card, _values, ask, tools, signal) => claimLate(card, ask, tools, signal),

  async upscale(_button, card, _values, ask, tools, signal) {
    const id = await resultOf(card, tools);
    return id === null ? gone(card) : say(`ENHANCE ${id} UPSCALE 2x`, { once: true }, ask, tools, signal);
  },

  async stitch({ token }, card, values, ask, tools, signal) {
    const id = await resultOf(card, tools);
    if (id === null) return gone(card);
    if (values === undefined) {
      const lately = await recentClips(tools.parts.store, card.workspace, 9);
      const others = lately.filter((each) => each.id !== id).map((each) => each.name ?? each.id);
      return { type: 'form', form: stitchForm(token, id, others) };
    }
    const others = withAttached('stitch', { clips: values.clips ?? '' }, ask, tools.catalogue).clips ?? '';
    if (others.trim() === '')
      return refused(`Which clips belong to ${id}?`, 'choose some, or add a file of your own');
    const clips = values.side === 'before' ? `${others} + ${id}` : `${id} + ${others}`;
    return say(createFormText(tools.catalogue)('stitch', { clips }), {}, ask, tools, signal);
  },

  async pql(_button, { group, pql }) {
    const short = pql.length <= 900;
    const view = shaped({
      tone: 'plain',
      title: `${group} in PQL`,
      ...(short ? { pql } : { block: pql }),
      footnote: 'Copy it, change it, say it again.',
    });
    return { type: 'answer', view, private: true };
  },

  async delete(_button, card, _values, ask, tools) {
    const what = await removalOf(card, tools);
    const then = { do: 'delete', card: card.id };
    const question = what === null ? null : await tools.engine.command(what, ask.asker, { confirmed: false });
    if (question?.type === 'refused') return refused(question.message, question.hint, question.code);
    const touches = [
      ...(question?.type === 'confirm' ? question.touches : []),
      ...(await elsewhere(card, tools)),
    ];
    const asked = {
      type: 'confirm',
      question:
        what === null
          ? 'Delete this card?'
          : what.subject === 'group'
            ? `Delete all that ${card.group} made, and this card? It can be made again from its statement.`
            : `Delete ${what.arguments.target} and this card? It can be made again from its statement.`,
      touches,
    } as const;
    return { type: 'confirm', view: await askFirst(asked, then, 'Delete', ask, tools) };
  },
};

/** Buttons that stand on no card: answers to questions, forms, fixes. */
async function answered(
  button: ButtonRow,
  values: Values | undefined,
  ask: Ask,
  tools: PresenterTools,
  signal?: AbortSignal,
): Promise<Reply> {
  const { token, arguments: args } = button;
  const action = button.action as OfferAction;
  if (action === 'fill') return fill(token, args, values, ask, tools, signal);
  if (action === 'report') return reportOn(token, Number(args.card), values, ask, tools, signal);
  if (action === 'more') return say(String(args.text), { from: Number(args.from) }, ask, tools, signal);
  if (!(await useButton(tools.parts.store, token))) return refused('This was answered already', null);
  if (action === 'no') return note('Left as it is', null);
  const meant = remembered(ask, args);
  if (action === 'fix')
    return say(String(args.text), args.plain ? {} : { surface: 'chat' }, meant, tools, signal);
  if (args.do === 'delete') return remove(Number(args.card), ask, tools);
  return say(String(args.text), { confirmed: true }, meant, tools, signal);
}

async function fill(
  token: string,
  args: JsonObject,
  values: Values | undefined,
  ask: Ask,
  tools: PresenterTools,
  signal?: AbortSignal,
): Promise<Reply> {
  const verb = String(args.verb);
  const kept = (args.kept ?? {}) as Values;
  // Discord shows few fields and gives back all that it showed, empty ones too: what is not there stays as it was said. Slack shows all, and leaves empty ones out.
  const unseen = ask.surface === 'discord' ? ((args.said ?? {}) as Values) : {};
  return values !== undefined || verb === 'consent'
    ? fillIn(verb, { ...unseen, ...values, ...kept }, remembered(ask, args), tools, signal, kept)
    : formAgain(token, args, tools);
}

/** Takes the result away, then the card: its messages go with the next look of whoever keeps cards. */
async function remove(id: number, ask: Ask, tools: PresenterTools): Promise<Reply> {
  const { store } = tools.parts;
  const card = await readCard(store, id);
  if (card === null || card.workspace !== ask.asker.workspace) return refused('This card is no more', null);
  const what = await removalOf(card, tools);
  if (what === null) {
    await leaveCard(store, id);
    return note('The card is taken away', null);
  }
  const answer = await tools.engine.command(what, ask.asker, { confirmed: true });
  if (answer.type === 'refused') return refused(answer.message, answer.hint, answer.code);
  await leaveCard(store, id);
  return answer.type === 'confirm'
    ? refused('It could not be deleted', null)
    : { type: 'answer', view: answerView(what.text, answer, tools.now()).view, private: true };
}

/** Takes away what a card shows: one result, or of several the group with all of them; null where nothing is there any more. */
async function removalOf(card: CardRow, tools: PresenterTools): Promise<Command | null> {
  const several = (await shownOn(card, tools)).length > 1;
  const target = several ? card.group : await resultOf(card, tools);
  if (target === null) return null;
  const subject = several ? 'group' : '';
  const text = ['REMOVE', ...(several ? ['GROUP'] : []), target].join(' ');
  return { operation: 'remove', subject, arguments: { target }, destructive: true, text };
}

/** Other cards of the workspace on which the same stands, and which stay: whoever deletes a film should know. */
async function elsewhere(card: CardRow, { parts }: PresenterTools): Promise<string[]> {
  const others = await cardsBeside(parts.store, card);
  return others.length === 0 ? [] : [`what it shows also stands on the card of ${few(others)}, which stays`];
}

function few(groups: readonly string[]): string {
  return groups.length <= 3 ? groups.join(' and of ') : `${groups[0]} and ${groups.length - 1} others`;
}

/** `v12`, the last that its run made; null once that was removed. */
async function resultOf({ run }: CardRow, { parts }: PresenterTools): Promise<string | null> {
  const seen = run === null ? null : await seenRun(run).look(parts.store);
  return seen === null ? null : (lastMade(seen.rows)?.id ?? null);
}

function gone({ group }: CardRow): Reply {
  return refused(`What ${group} made was removed`, 'Re-run makes it again');
}

function refused(message: string, hint: string | null, code: string | null = null): Reply {
  return { type: 'refused', view: refusedView(code, message, hint) };
}

function note(title: string, line: string | null): Reply {
  return {
    type: 'answer',
    view: shaped({ tone: 'plain', title, lines: line === null ? [] : [line] }),
    private: true,
  };
}
