import type { Script, Span } from '../../dsl/ast.ts';
import type { Diagnostic } from '../../dsl/diagnostic.ts';
import { cutTo, plainLine } from './plain.ts';

/** What is wrong with what a window was filled in with: in a sentence, for below a field where no caret can be drawn. */
export interface Wrong {
  /** The field of the clause that it is about, as forms call it; null for anything else. */
  field: string | null;
  /** At most 300 characters. */
  text: string;
}

/** Says each problem of a script by the field that it is about. */
export function wrongIn(script: Script, diagnostics: readonly Diagnostic[]): Wrong[] {
  return diagnostics.map((each) => ({ field: fieldAt(script, each.span), text: sentence(each) }));
}

function fieldAt({ statements }: Script, { start }: Span): string | null {
  const stages = statements.flatMap(({ pipeline }) => pipeline.stages);
  const clauses = stages.flatMap((stage) => (stage.type === 'stage' ? stage.clauses : []));
  const within = clauses.find(({ span }) => span.start <= start && start < span.end);
  return within?.word.text.toLowerCase() ?? null;
}

function sentence({ message, found, expected, hint }: Diagnostic): string {
  const next = expected === undefined ? hint : `expected ${expected}`;
  const parts = [
    found === undefined ? message : `${message}, found ${found}`,
    ...(next === undefined ? [] : [next]),
  ];
  return cutTo(plainLine(parts.join(': ')), 300);
}
