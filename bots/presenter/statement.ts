import type { Command, Compiled, Item } from '../../dsl/compiled.ts';
import type { Diagnostic } from '../../dsl/diagnostic.ts';
import { livingCard } from '../../engine/cards/cards.ts';
import { isAttached } from '../../engine/consent/grants/read-evidence.ts';
import { accept, acceptAgain } from './accept.ts';
import { againAs, otherwise } from './again.ts';
import type { Ask } from './ask.ts';
import type { CardButton, CardView } from './card-view.ts';
import { pqlForm } from './forms.ts';
import type { Manner } from './manner.ts';
import { askFirst, offer } from './questions.ts';
import { asTyped, refuse, withThis } from './refuse.ts';
import { remembering } from './remembered.ts';
import type { Reply } from './reply.ts';
import { whyNotSet } from './set-channel.ts';
import type { PresenterTools } from './tools.ts';
import { answersView, answerView, explanationView } from './views/answer-view.ts';
import type { Part } from './views/part.ts';
import { refusalView, refusedView } from './views/refusal-view.ts';
import { shaped } from './views/shape.ts';
import { whyNot, withFiles } from './with-files.ts';

/** Takes a text all the way: compile → refused, answered, asked about, or accepted with a card. */
export async function say(
  text: string,
  manner: Manner,
  ask: Ask,
  tools: PresenterTools,
  signal?: AbortSignal,
): Promise<Reply> {
  const meant = await withFiles(text, manner, ask, tools, signal);
  if ('type' in meant) return otherwise(meant, text, manner, ask, tools);
  const options = { ...manner, brought: meant.brought };
  const compiled = await tools.engine.compile(meant.text, ask.asker, signal, options);
  if (compiled.diagnostics.length > 0) {
    const whole = withThis(compiled, ask, tools.catalogue);
    return whole === null ? refuse(compiled, meant, manner, ask, tools) : say(whole, {}, ask, tools, signal);
  }
  if (compiled.plan === null) {
    const items = [...compiled.before, ...compiled.after];
    if (items.length === 0)
      return { type: 'form', form: pqlForm(await offer('fill', { verb: 'pql' }, ask, tools)) };
    return answer(items, manner, ask, tools, signal);
  }
  const mixed = mixture(compiled, tools);
  if (mixed !== null) {
    const others = await againAs(meant.typed, manner, ask, tools);
    return { type: 'refused', view: refusalView(meant.typed, [asTyped(mixed, meant)], { others }) };
  }
  const same = manner.once ? await livingCard(tools.parts.store, ask, compiled.plan.source) : null;
  if (same !== null)
    return {
      type: 'answer',
      view: shaped({ tone: 'plain', title: `${same} is at work on that already` }),
      private: true,
    };
  return accept(compiled.plan, compiled.script, ask, tools);
}

/** A message makes something or asks something: what is asked behind work would be answered when nobody looks any more. */
function mixture({ script, before, after }: Compiled, { catalogue }: PresenterTools): Diagnostic | null {
  if (before.length === 0 && after.length === 0) return null;
  const analyses = after.some(({ type }) => type === 'analyze');
  const strange = script.statements.find(({ explain, pipeline }) => {
    const [first] = pipeline.stages;
    const verb = first?.type === 'stage' ? catalogue.get(first.verb.text.toUpperCase()) : undefined;
    const query = pipeline.stages.every(({ type }) => type === 'from');
    return explain || query || verb?.runs === 'command';
  });
  return {
    code: 'PQL237',
    message: analyses
      ? 'EXPLAIN ANALYZE tells at the end of the work, which here the card does'
      : 'a message here makes something or asks something, not both',
    span: strange?.span ?? script.span,
    hint: analyses
      ? 'say it without EXPLAIN ANALYZE, or with EXPLAIN alone'
      : 'say it in a message of its own',
  };
}

/** Answers commands and explanations one after the other, up to the first that asks first. */
async function answer(
  items: readonly Item[],
  manner: Manner,
  ask: Ask,
  tools: PresenterTools,
  signal?: AbortSignal,
): Promise<Reply> {
  const parts: Part[] = [];
  for (const [index, item] of items.entries()) {
    if (item.type === 'analyze') continue;
    if (item.type === 'explain') {
      const explanation = item.plan === null ? null : await tools.engine.explain(item.plan, ask.asker);
      parts.push(explanationView(item.text, explanation, item.command, manner.from));
      continue;
    }
    const { command } = item;
    const confirmed = manner.confirmed === true && index === 0;
    const no = await whyNotSet(command, ask, tools);
    if (no !== null) return { type: 'refused', view: refusedView('PQL450', no.message, no.hint) };
    const attached = await evidenceFor(command, ask, tools, signal);
    if (attached !== null && 'code' in attached) {
      const view = refusedView(attached.code, attached.message, attached.hint);
      return otherwise({ type: 'refused', view }, command.text, manner, ask, tools);
    }
    const answered = await tools.engine.command(command, ask.asker, { confirmed, attached });
    if (answered.type === 'confirm') {
      const rest = items.slice(index).map(textOf).join(';\n');
      const then = { do: 'say', text: rest, ...remembering(ask) };
      const view = await askFirst(answered, then, verbOf(command.text), ask, tools);
      return {
        type: 'confirm',
        view: parts.length === 0 ? view : { ...view, block: answersView(viewsOf(parts)).block },
      };
    }
    // RETRY: from here on it is work, and what stands behind it waits for another message.
    if (answered.type === 'text' && answered.follow !== undefined)
      return acceptAgain(answered.follow, ask, tools);
    parts.push(answerView(command.text, answered, tools.now(), manner.from));
    if (answered.type === 'refused') {
      const view = answersView(viewsOf(parts));
      // What was asked for is not to be had otherwise, however it is said.
      const again = isOfTheText(answered.code) ? await againAs(command.text, manner, ask, tools) : [];
      return { type: 'refused', view: again.length === 0 ? view : { ...view, buttons: [again] } };
    }
  }
  const private_ = !items.every(({ type }) => type === 'explain');
  const view = answersView(viewsOf(parts));
  const more = items.length === 1 ? moreOf(textOf(items[0]!), parts[0]!) : null;
  return {
    type: 'answer',
    view: more === null ? view : { ...view, buttons: [[await moreButton(more, ask, tools)]] },
    private: private_,
  };
}

/** Whether a refusal is about what was said, not about who said it or what is allowed. */
function isOfTheText(code: string): boolean {
  return /^PQL[1-4]/.test(code);
}

/** What came along, where EVIDENCE calls it `this`; null where it does not, or nothing came. */
async function evidenceFor(
  { arguments: { evidence } }: Command,
  { attachments }: Ask,
  tools: PresenterTools,
  signal?: AbortSignal,
): Promise<Awaited<ReturnType<PresenterTools['read']>> | null> {
  const [file, second] = attachments;
  if (file === undefined || !isAttached(evidence)) return null;
  if (second !== undefined)
    return { code: 'PQL420', message: 'evidence is one file', hint: 'put what belongs together into one' };
  const read = await tools.read(file, signal);
  return 'code' in read ? whyNot(read, file) : read;
}

function viewsOf(parts: readonly Part[]): CardView[] {
  return parts.map(({ view }) => view);
}

/** How the rest of an answer is asked for: from a line on, or the next page of a long list. */
function moreOf(text: string, { view, next }: Part): { text: string; from: number } | null {
  if (next !== null) return { text, from: next };
  const page = /; PAGE (\d+) shows more$/.exec(view.footnote ?? '')?.[1];
  return page === undefined ? null : { text: `${text.replace(/ PAGE \d+$/, '')} PAGE ${page}`, from: 0 };
}

async function moreButton(
  more: { text: string; from: number },
  ask: Ask,
  tools: PresenterTools,
): Promise<CardButton> {
  return { token: await offer('more', more, ask, tools), label: 'More', style: 'secondary', url: null };
}

function textOf(item: Item): string {
  return item.type === 'command' ? item.command.text : `EXPLAIN ${item.text}`;
}

/** `Remove` of `REMOVE GROUP g7`. */
function verbOf(text: string): string {
  const verb = text.split(' ', 1)[0]!;
  return verb.charAt(0) + verb.slice(1).toLowerCase();
}
