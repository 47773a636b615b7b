import type { Writable } from 'node:stream';

import type { Diagnostic } from '../../dsl/diagnostic.ts';
import type { Audience } from '../conduct.ts';
import { diagnosticJson } from './diagnostic-json.ts';

/** Prints what happens as one JSON object a line: diagnostic, accepted, job, progress, result, failed, done, answer. Progress is lossy: at most
 * four lines a second for each job. `now` in milliseconds. */
export function jsonAudience(out: Writable, yes: boolean, now: () => number): Audience {
  const print = (value: object) => void out.write(`${JSON.stringify(value)}\n`);
  const told = new Map<string, number>();
  return {
    diagnostics(source, diagnostics: readonly Diagnostic[]) {
      for (const diagnostic of diagnostics)
        print({ type: 'diagnostic', ...diagnosticJson(source, diagnostic) });
    },
    answer: (command, answer) => print({ type: 'answer', statement: command.text, answer }),
    explained(text, explanation, command) {
      const answer = explanation ? { type: 'explanation', ...explanation } : { type: 'explanation', command };
      print({ type: 'answer', statement: text, answer });
    },
    analysed: (text, analysis) =>
      print({ type: 'answer', statement: text, answer: { type: 'analysis', ...analysis } }),
    event(event, compiled) {
      if (event.type === 'diagnostic')
        return print({ type: 'diagnostic', ...diagnosticJson(compiled.source, event.diagnostic) });
      if (event.type === 'progress') {
        const last = told.get(event.job);
        if (last !== undefined && now() - last < 250) return;
        told.set(event.job, now());
      }
      print(event);
    },
    async confirm(command, question, touches) {
      if (!yes)
        print({
          type: 'answer',
          statement: command.text,
          answer: { type: 'confirm', question, touches, hint: 'say --yes to go on' },
        });
      return yes;
    },
  };
}
