import { keyword } from '../../grammar/keyword.ts';
import type { Clause } from '../ast.ts';
import type { Catalogue } from '../catalogue.ts';
import { commonClauses } from '../common-clauses.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { JobOperation } from '../operation.ts';
import { suggest } from '../suggest.ts';
import { unquotedPrompt } from '../unquoted-prompt.ts';
import type { Rule } from './rule.ts';

/** Every clause word is one of the verb's. */
export const knownClauses: Rule = ({ catalogue }) => {
  return (work) => {
    if (work.strange.length === 0) return [];
    // Words of a description without quotes are reported once, as that.
    const prompt = unquotedPrompt(work)?.span.end ?? 0;
    return work.strange
      .filter(({ span }) => span.end > prompt)
      .map((clause) => unknownClause(clause, work.operation, catalogue));
  };
};

function unknownClause(clause: Clause, operation: JobOperation, catalogue: Catalogue): Diagnostic {
  const { span } = clause.word;
  const word = keyword(clause.word.text);
  if (catalogue.has(word)) {
    return {
      code: 'PQL302',
      message: `${word} begins a statement of its own`,
      span,
      hint: 'end the statement before it with ;',
      fix: { span: { start: span.start, end: span.start }, text: '; ' },
    };
  }
  const near = suggest(clause.word.text, [...Object.keys(operation.clauses), ...Object.keys(commonClauses)]);
  const owner = [...catalogue.values()].find(
    (other) => other.runs === 'job' && Object.hasOwn(other.clauses, word),
  );
  if (owner !== undefined) {
    return {
      code: 'PQL302',
      message: `${operation.verb} has no clause ${word}`,
      span,
      hint: `${word} belongs to ${owner.verb}: write | ${owner.verb} ${word} … behind it`,
    };
  }
  if (
    near === null &&
    operation.takes.what === 'media' &&
    operation.takes.max > 1 &&
    clause.values.length === 0
  ) {
    return {
      code: 'PQL210',
      message: 'clips are joined with +',
      span,
      found: `the word ${clause.word.text}`,
      expected: 'a + before another clip',
      fix: { span: { start: span.start, end: span.start }, text: '+ ' },
    };
  }
  const clauses = Object.keys(operation.clauses);
  return {
    code: 'PQL302',
    message: `${operation.verb} has no clause ${clause.word.text}`,
    span,
    ...(near === null
      ? clauses.length === 0
        ? { hint: 'leave it out' }
        : { expected: `one of ${clauses.join(', ')}`, hint: `HELP ${operation.verb} says what they do` }
      : { hint: `did you mean ${near}?`, fix: { span, text: near } }),
  };
}
