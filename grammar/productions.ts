import type { ISerializedGast } from 'chevrotain';
import { PqlParser } from './parser.ts';
import { clean } from './productions/clean.ts';
import { queryProductions, withinQueries } from './productions/query.ts';
import { many, optional, type Production, rule, sequence, terminal } from './productions/shape.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The grammar as people should read it: the parser's own rules, without what they tolerate in order to tell what is wrong. In the order of reading. */
export function productionsOf(vocabulary: Vocabulary): Production[] {
  const rules = new PqlParser(vocabulary).getSerializedGastProductions() as (ISerializedGast & {
    name: string;
  })[];
  // The rules of the parser's base class come first there, but last for readers.
  const top = rules.findIndex(({ name }) => name === 'statements');
  const parsed = [...rules.slice(top), ...rules.slice(0, top)]
    .filter(({ name }) => name !== 'statements' && !withinQueries.has(name))
    .map(
      ({ name, definition }): Production => ({ name, body: written[name] ?? clean(name, definition ?? []) }),
    );
  return [{ name: 'script', body: script }, ...parsed, ...words(vocabulary)];
}

/** Cut at `;` before the parser runs (sentences.ts). */
const script = sequence(many(sequence(rule('statement'), terminal(';'))), optional(rule('statement')));

/** Rules whose insides the parser takes in any order; what is right in them, the builder of the AST checks. */
const written: Readonly<Record<string, Production['body']>> = {
  ...queryProductions,
  range: sequence(
    terminal('['),
    optional(rule('number')),
    terminal('..'),
    optional(rule('number')),
    terminal(']'),
  ),
  settings: sequence(
    terminal('('),
    rule('setting'),
    many(sequence(terminal(','), rule('setting'))),
    terminal(')'),
  ),
};

function words(vocabulary: Vocabulary): Production[] {
  const clauses = new Set([...vocabulary.values()].flatMap((shape) => [...shape.clauses]));
  return [
    { name: 'verb', body: { kind: 'choice', items: [...vocabulary.keys()].map(terminal) } },
    { name: 'clause word', body: { kind: 'choice', items: [...clauses].sort().map(terminal) } },
  ];
}
