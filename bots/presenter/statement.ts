import { applyFixes } from '../../dsl/apply-fixes.ts';
import type { Command, Compiled, Item } from '../../dsl/compiled.ts';
import type { Diagnostic } from '../../dsl/diagnostic.ts';
import type { ParseOptions } from '../../dsl/parse.ts';
import { livingCard } from '../../engine/cards/cards.ts';
import { isAttached } from '../../engine/consent/grants/read-evidence.ts';
import { accept, acceptAgain } from './accept.ts';
import type { Ask } from './ask.ts';
import { type Again, againButton } from './ask-for.ts';
import type { CardButton, CardView } from './card-view.ts';
import { claimButtons } from './claims.ts';
import { description } from './description.ts';
import { createFormText } from './form-text.ts';
import { pqlForm, verbForm, whatIsMissing } from './forms.ts';
import { operandId } from './option-of.ts';
import { askFirst, offer } from './questions.ts';
import { meansThis, remembering } from './remembered.ts';
import type { Reply } from './reply.ts';
import { whyNotSet } from './set-channel.ts';
import type { Replaced } from './these.ts';
import type { PresenterTools } from './tools.ts';
import { answersView, answerView, explanationView } from './views/answer-view.ts';
import type { Part } from './views/part.ts';
import { refusalView, refusedView } from './views/refusal-view.ts';
import { shaped } from './views/shape.ts';
import { whyNot, withFiles } from './with-files.ts';
import { type Wrong, wrongIn } from './wrong.ts';

/** How a statement came: as typed in a chat, or canonical; `confirmed` when its first command was said yes to. */
export interface Manner extends ParseOptions {
  confirmed?: boolean;
  /** The line of the answer to begin with. */
  from?: number;
  /** Whether it is not begun again while the same of the same asker is at work in the place: people press twice. */
  once?: boolean;
  /** How it is said again, where it was filled in. */
  again?: Again;
}

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
  const compiled = await tools.engine.compile(meant.text, ask.asker, signal, manner);
  if (compiled.diagnostics.length > 0) return refuse(compiled, meant, manner, ask, tools, signal);
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

async function refuse(
  compiled: Compiled,
  meant: Replaced,
  manner: Manner,
  ask: Ask,
  tools: PresenterTools,
  signal?: AbortSignal,
): Promise<Reply> {
  const { source } = compiled;
  const diagnostics = compiled.diagnostics.map((each) => aboutThis(source, each));
  const lacking = whatIsMissing(compiled);
  const operation = lacking === null ? undefined : tools.catalogue.get(lacking.stage.verb.text.toUpperCase());
  if (lacking !== null && operation?.runs === 'job') {
    // A file that came with it is what was meant.
    if (
      ask.attachments.length > 0 &&
      operation.takes.what === 'media' &&
      lacking.stage.operands.length === 0
    ) {
      const values = { ...lacking.said, [operandId(operation)]: 'this' };
      return say(createFormText(tools.catalogue)(operation.verb, values), {}, ask, tools, signal);
    }
    const kept = { said: lacking.said, ...remembering(ask) };
    const token = await offer('fill', { verb: operation.verb.toLowerCase(), ...kept }, ask, tools);
    return { type: 'form', form: verbForm(operation, token, lacking.said, lacking.text) };
  }
  const fixed = await fixedText(source, diagnostics, manner, ask, tools);
  const plain = manner.surface !== 'chat';
  const files = meansThis(compiled.script) ? remembering(ask) : {};
  const token = fixed === null ? null : await offer('fix', { text: fixed, plain, ...files }, ask, tools);
  const shown = diagnostics.map((each) => asTyped(each, meant));
  const claims = await claimButtons(diagnostics, ask, tools);
  const [first, ...others] = wrongIn(compiled.script, diagnostics);
  const wrong = claims.length > 0 ? [] : [first!, ...others];
  const again = await againAs(meant.typed, manner, ask, tools, first);
  // Words about a file that came along describe no new film.
  const isPlain = manner.surface === 'chat' && fixed === null && ask.attachments.length === 0;
  const words = isPlain ? description(compiled, tools.catalogue) : null;
  const described = words === null ? null : await offer('fix', { text: words, plain: true }, ask, tools);
  const ways = { fixed: token, described, others: [...claims, ...again] };
  return { type: 'refused', view: refusalView(meant.typed, shown, ways), wrong };
}

/** The refusal of a file, with the way back to what was said: with another file, not this one. */
async function otherwise(
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

/** The text with its fixes, where they mend all of it: what has none may follow from what has, as a verb lacks what stands misspelt behind it. */
async function fixedText(
  source: string,
  diagnostics: readonly Diagnostic[],
  manner: Manner,
  ask: Ask,
  tools: PresenterTools,
): Promise<string | null> {
  const fixes = diagnostics.filter(({ fix }) => fix !== undefined);
  if (fixes.length === 0) return null;
  const fixed = applyFixes(source, fixes);
  if (fixed === null || fixes.length === diagnostics.length) return fixed;
  const { diagnostics: left } = await tools.engine.compile(fixed, ask.asker, undefined, manner);
  return left.length === 0 ? fixed : null;
}

/** The way back to what was said, where somebody said it: a form of the verb, or the statement as it was typed. */
async function againAs(
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

/** With its caret, and its fix, below what was typed: `this` and not the id that it stands for. */
function asTyped({ fix, ...diagnostic }: Diagnostic, { back }: Replaced): Diagnostic {
  return {
    ...diagnostic,
    span: back(diagnostic.span),
    ...(fix === undefined ? {} : { fix: { ...fix, span: back(fix.span) } }),
  };
}

/** `this` where nothing came with the message. */
function aboutThis(source: string, diagnostic: Diagnostic): Diagnostic {
  const { code, span } = diagnostic;
  if (code !== 'PQL303' || source.slice(span.start, span.end).toLowerCase() !== 'this') return diagnostic;
  const { fix: _, ...rest } = diagnostic;
  return {
    ...rest,
    message: 'nothing came with this message',
    hint: 'attach a clip to it: the statement calls it this',
  };
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
