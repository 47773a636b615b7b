import type { Command, Compiled } from '../../dsl/compiled.ts';
import type { Measured } from '../../dsl/explain/analyse.ts';
import type { Plan } from '../../dsl/plan.ts';
import type { Answer } from '../../engine/answer.ts';
import type { Engine } from '../../engine/engine.ts';
import type { JobView, RunEvent } from '../../engine/event.ts';

/** What a scripted engine says. */
export interface Script {
  compiled?: (source: string) => Partial<Compiled>;
  answer?: (command: Command, confirmed: boolean) => Answer;
  measured?: readonly Measured[];
  /** Events of a run; a function is awaited in its place, to hold the run until something happens. */
  events?: readonly (RunEvent | ((signal: AbortSignal) => Promise<void>))[];
}

export interface FakeEngine extends Engine {
  /** What was called, in order. */
  calls: string[];
}

/** An engine that plays a script, for what stands above the engine. Cancelling ends the run as cancelled. */
export function fakeEngine(script: Script): FakeEngine {
  const calls: string[] = [];
  const cancelled = new AbortController();
  return {
    calls,
    async compile(source) {
      calls.push('compile');
      return compiledOf(source, script.compiled?.(source) ?? {});
    },
    async explain(plan) {
      calls.push('explain');
      return {
        plan,
        steps: plan.steps.map((step) => ({
          step: step.id,
          lane: step.lane,
          verdict: 'runs' as const,
          reason: 'never made',
          result: null,
          expected: null,
        })),
        totals: { seconds: 0, lanes: {}, unknown: plan.steps.length, bytes: 0, free: null },
      };
    },
    async measure() {
      calls.push('measure');
      return [...(script.measured ?? [])];
    },
    async submit() {
      calls.push('submit');
      return { group: 'g1' };
    },
    async command(command, _asker, options) {
      calls.push(`command ${command.text}${options?.confirmed ? ' confirmed' : ''}`);
      return (
        script.answer?.(command, options?.confirmed === true) ?? {
          type: 'text',
          title: null,
          text: command.text,
          format: 'plain',
        }
      );
    },
    async *watch() {
      calls.push('watch');
      for (const event of script.events ?? []) {
        if (typeof event === 'function') await event(cancelled.signal);
        else yield event;
        if (cancelled.signal.aborted) {
          yield { type: 'done', group: 'g1', state: 'cancelled', seconds: 1, recalled: 0, ran: 0 };
          return;
        }
      }
    },
    async cancel() {
      calls.push('cancel');
      cancelled.abort();
      return true;
    },
    async [Symbol.asyncDispose]() {
      calls.push('dispose');
    },
  };
}

export function compiledOf(source: string, parts: Partial<Compiled> = {}): Compiled {
  return {
    source,
    script: { type: 'script', statements: [], span: { start: 0, end: source.length } },
    diagnostics: [],
    before: [],
    plan: null,
    after: [],
    ...parts,
  };
}

export function commandOf(text: string, destructive = false): Command {
  return { operation: text.split(' ')[0]!.toLowerCase(), subject: '', arguments: {}, destructive, text };
}

/** A plan of one step. */
export function planOf(title: string): Plan {
  return {
    source: title,
    steps: [
      {
        id: 's1',
        operation: 'generate',
        version: 1,
        arguments: {},
        inputs: [],
        models: [],
        lane: 'cpu',
        gives: 'video',
        effect: false,
        name: null,
        statement: 0,
        title,
        recipe: title,
        predicted: null,
      },
    ],
  };
}

export function jobOf(id: string, state: JobView['state'] = 'ready', more: Partial<JobView> = {}): JobView {
  return {
    id,
    operation: 'generate',
    title: 'GENERATE "fog"',
    lane: 'cpu',
    state,
    recalled: false,
    attempt: 1,
    result: null,
    ...more,
  };
}
