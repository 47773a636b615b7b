import { keyword } from '../grammar/keyword.ts';
import type { Clause, Span, Stage } from './ast.ts';
import { commonClauses } from './common-clauses.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { ClauseSpec, Clauses } from './operation.ts';
import type { FileUse } from './values/value-type.ts';

/** Whatever declares clauses: a job, or a shape of a command. */
type Declared = { readonly clauses: Clauses };

export interface ReadClauses {
  /** By word in capitals, the first of each. */
  written: ReadonlyMap<string, Clause>;
  /** Clauses that the verb does not know, and second ones of those that it knows: for the rules. */
  strange: readonly Clause[];
  repeated: readonly Clause[];
  /** Every clause of the declaration: what was said, or its default. */
  given: Readonly<Record<string, unknown>>;
  notify: string | null;
  files: FileUse[];
  problems: Diagnostic[];
  at(word: string): Span;
}

/** Reads what stands behind the clause words with the types of the declaration and of what is common to all jobs (nothing for commands).
 * Unknown and repeated clauses are for the rules. */
export function readClauses(
  stage: Pick<Stage, 'verb' | 'clauses'>,
  operation: Declared,
  common: Clauses = commonClauses,
): ReadClauses {
  const written = new Map<string, Clause>();
  const given: Record<string, unknown> = {};
  const files: FileUse[] = [];
  const strange: Clause[] = [];
  const repeated: Clause[] = [];
  const problems: Diagnostic[] = [];
  for (const word in operation.clauses) given[word] = operation.clauses[word]!.default;
  let notify: string | null = null;
  for (const clause of stage.clauses) {
    const word = keyword(clause.word.text);
    const spec = clauseOf(operation, word, common);
    if (spec === undefined || written.has(word)) {
      (spec === undefined ? strange : repeated).push(clause);
      continue;
    }
    written.set(word, clause);
    const wrong = countProblem(clause, word, spec);
    if (wrong !== null) {
      problems.push(wrong);
      continue;
    }
    const reading = spec.type.read(clause.values, { label: word, span: clause.word.span, files });
    if ('problems' in reading) problems.push(...reading.problems);
    else if (Object.hasOwn(common, word)) notify = reading.value as string;
    else given[word] = reading.value;
  }
  const at = (word: string): Span => {
    const clause = written.get(word);
    if (clause === undefined) return stage.verb.span;
    const [first, last] = [clause.values[0], clause.values.at(-1)];
    return first && last ? { start: first.span.start, end: last.span.end } : clause.word.span;
  };
  return { written, strange, repeated, given, notify, files, problems, at };
}

/** The declaration of a clause word in capitals, of the verb itself or common to all. */
export function clauseOf(
  operation: Declared,
  word: string,
  common: Clauses = commonClauses,
): ClauseSpec<unknown, unknown> | undefined {
  if (Object.hasOwn(operation.clauses, word)) return operation.clauses[word];
  return Object.hasOwn(common, word) ? common[word] : undefined;
}

function countProblem(clause: Clause, word: string, spec: ClauseSpec<unknown, unknown>): Diagnostic | null {
  const [least, most] = spec.type.count;
  if (clause.values.length < least) {
    const { end } = clause.word.span;
    return {
      code: 'PQL223',
      message: `${word} needs a value`,
      span: clause.word.span,
      expected: spec.type.expected,
      hint: `write ${word} ${spec.type.usage}`,
      ...(/^[\w/+.]+$/.test(spec.type.usage)
        ? { fix: { span: { start: end, end }, text: ` ${spec.type.usage}` } }
        : {}),
    };
  }
  if (clause.values.length > most) {
    const extra = clause.values[most]!;
    return {
      code: most === 0 ? 'PQL225' : 'PQL224',
      message:
        most === 0 ? `${word} stands alone` : `${word} takes ${most === 1 ? 'one value' : `${most} values`}`,
      span: { start: extra.span.start, end: clause.values.at(-1)!.span.end },
      expected: most === 0 ? 'nothing after it' : spec.type.expected,
      hint: 'leave this out',
    };
  }
  return null;
}
