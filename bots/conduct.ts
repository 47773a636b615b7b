import type { Command, Compiled, Item } from '../dsl/compiled.ts';
import type { Diagnostic, DiagnosticCode } from '../dsl/diagnostic.ts';
import { type Analysis, analyse } from '../dsl/explain/analyse.ts';
import type { Plan } from '../dsl/plan.ts';
import type { Answer } from '../engine/answer.ts';
import type { Asker } from '../engine/asker.ts';
import type { Engine } from '../engine/engine.ts';
import type { RunEvent } from '../engine/event.ts';
import type { Explanation } from '../engine/explanation.ts';
import { Failure } from '../engine/failure.ts';
import { type Outcome, worse } from './outcome.ts';

/** Whoever is shown what happens: a terminal, a stream of JSON, a chat. */
export interface Audience {
  diagnostics(source: string, diagnostics: readonly Diagnostic[]): void;
  answer(command: Command, answer: Answer): void;
  /** `explanation` for work, `command` for a statement that is answered at once. */
  explained(text: string, explanation: Explanation | null, command: Command | null): void;
  /** What was planned beside what was measured, once the work of an EXPLAIN ANALYZE has ended. */
  analysed(text: string, analysis: Analysis): void;
  event(event: RunEvent, compiled: Compiled): void;
  /** Whether a destructive command may go on. */
  confirm(command: Command, question: string, touches: readonly string[]): Promise<boolean>;
}

export interface Conduct {
  engine: Engine;
  asker: Asker;
  audience: Audience;
  /** Aborted when the asker wants this run cancelled. */
  signal: AbortSignal;
  /** Answers every statement with its explanation and runs nothing. */
  explainOnly?: boolean;
}

/** Takes one script all the way: compile → what is written before the work → submit → watch → what is written after it.
 * The work's failure keeps what comes after from being answered; what was done before stays done. */
export async function conduct(source: string, with_: Conduct): Promise<Outcome> {
  const { engine, asker, audience, signal } = with_;
  if (signal.aborted) return 'interrupted';
  const compiled = await engine.compile(source, asker, signal);
  if (compiled.diagnostics.length > 0) {
    audience.diagnostics(source, compiled.diagnostics);
    return compiled.diagnostics.every((diagnostic) => diagnostic.code.startsWith('PQL5'))
      ? 'refused'
      : 'wrong';
  }
  if (with_.explainOnly) return explainAll(compiled, with_);
  let outcome = await answerAll(compiled.before, compiled, with_);
  if (outcome !== 'done') return outcome;
  if (compiled.plan) outcome = await work(compiled.plan, compiled, with_);
  if (outcome !== 'done') return outcome;
  return answerAll(compiled.after, compiled, with_);
}

async function answerAll(items: readonly Item[], compiled: Compiled, with_: Conduct): Promise<Outcome> {
  let outcome: Outcome = 'done';
  for (const item of items) {
    if (with_.signal.aborted) return 'interrupted';
    if (item.type === 'command') outcome = worse(outcome, await answerOne(item.command, compiled, with_));
    else if (item.type === 'explain') await explainOne(item.text, item.plan, item.command, with_);
    if (outcome !== 'done') break;
  }
  return outcome;
}

async function answerOne(command: Command, compiled: Compiled, with_: Conduct): Promise<Outcome> {
  const { engine, asker, audience } = with_;
  let answer = await engine.command(command, asker);
  if (answer.type === 'confirm') {
    if (!(await audience.confirm(command, answer.question, answer.touches))) return 'refused';
    answer = await engine.command(command, asker, { confirmed: true });
  }
  audience.answer(command, answer);
  // RETRY starts work again.
  if (answer.type === 'text' && answer.follow !== undefined) return followTo(answer.follow, compiled, with_);
  if (answer.type !== 'refused') return 'done';
  return answer.code.startsWith('PQL5') ? 'refused' : answer.code.startsWith('PQL6') ? 'failed' : 'wrong';
}

/** Runs the plan. What is to be analysed is explained before, since afterwards everything would be recalled, and told when the work has ended,
 * well or not. */
async function work(plan: Plan, compiled: Compiled, with_: Conduct): Promise<Outcome> {
  const { engine, asker, audience } = with_;
  const analyses = compiled.after.filter(isAnalysis);
  const planned = analyses.length === 0 ? null : await engine.explain(plan, asker);
  const submitted = await engine.submit(plan, asker).catch(asRefusal);
  if (submitted instanceof Failure) {
    const { code, message, hint } = submitted;
    const span = compiled.script.span;
    audience.diagnostics(compiled.source, [
      { code: code as DiagnosticCode, message, span, ...(hint === null ? {} : { hint }) },
    ]);
    return 'refused';
  }
  const { group } = submitted;
  const outcome = await followTo(group, compiled, with_);
  if (planned === null) return outcome;
  const measured = await engine.measure(group, asker);
  for (const { text, plan: part } of analyses)
    audience.analysed(text, analyse(part, planned, measured, group));
  return outcome;
}

/** Limits may be reached between looking and asking: said as it is when it is seen at once. */
function asRefusal(error: unknown): Failure {
  if (error instanceof Failure && error.code.startsWith('PQL5')) return error;
  throw error;
}

function isAnalysis(item: Item): item is Extract<Item, { type: 'analyze' }> {
  return item.type === 'analyze';
}

/** Watches a group to its end; the asker's wish to stop cancels it. */
async function followTo(group: string, compiled: Compiled, with_: Conduct): Promise<Outcome> {
  const { engine, asker, audience, signal } = with_;
  const cancel = () => {
    engine.cancel(group, asker).catch(() => {});
  };
  if (signal.aborted) cancel();
  else signal.addEventListener('abort', cancel, { once: true });
  let outcome: Outcome = 'failed';
  let refused = false;
  try {
    for await (const event of engine.watch(group, asker)) {
      audience.event(event, compiled);
      if (event.type === 'failed' && !event.willRetry) refused ||= event.code.startsWith('PQL5');
      if (event.type === 'done') outcome = event.state === 'done' ? 'done' : refused ? 'refused' : 'failed';
    }
  } finally {
    signal.removeEventListener('abort', cancel);
  }
  return signal.aborted && outcome !== 'done' ? 'interrupted' : outcome;
}

/** What `pql explain` shows: commands in their places, and the work once as one plan. */
async function explainAll(compiled: Compiled, with_: Conduct): Promise<Outcome> {
  const items = [
    ...compiled.before,
    ...(compiled.plan
      ? [{ type: 'explain', plan: compiled.plan, command: null, text: compiled.plan.source } as const]
      : []),
    ...compiled.after,
  ];
  for (const item of items) {
    if (item.type === 'command') await explainOne(item.command.text, null, item.command, with_);
    else if (item.type === 'explain') await explainOne(item.text, item.plan, item.command, with_);
  }
  return 'done';
}

async function explainOne(
  text: string,
  plan: Plan | null,
  command: Command | null,
  { engine, asker, audience }: Conduct,
): Promise<void> {
  audience.explained(text, plan ? await engine.explain(plan, asker) : null, command);
}
