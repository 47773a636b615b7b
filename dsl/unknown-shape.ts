import { keyword } from '../grammar/keyword.ts';
import type { Clause, Stage } from './ast.ts';
import type { Catalogue } from './catalogue.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { CommandOperation, Variant } from './operation.ts';
import { suggest } from './suggest.ts';

/** The diagnostic for words that choose no shape of the verb. */
export function unknownVariant(stage: Stage, operation: CommandOperation): Diagnostic {
  const shapes = operation.variants.map(({ subject }) => subject.join(' ')).filter((each) => each !== '');
  const expected = shapes.length > 1 ? `one of ${shapes.join(', ')}` : shapes.join('');
  const hint = `write ${operation.examples[0]?.text ?? operation.verb}`;
  const [operand] = stage.operands;
  const after = stage.subject[0] ?? (operand === undefined ? stage.clauses[0]?.word : undefined);
  const typed = operand?.value.type === 'reference' ? operand.value.name : (after?.text ?? null);
  const span = operand?.span ?? after?.span ?? stage.verb.span;
  const near = typed === null ? null : suggest(typed, shapes);
  if (near !== null) {
    return {
      code: 'PQL302',
      message: `${operation.verb} does not know ${typed}`,
      span,
      expected,
      hint: `did you mean ${near}?`,
      fix: { span, text: near },
    };
  }
  // RECIPE v12, SEARCH "harbour": with only one shape it is clear which word is missing, and any is right where all take a text.
  const alike = shapes.length === 1 || operation.variants.every(({ takes }) => takes?.what === 'prompt');
  const only = alike && operand !== undefined ? shapes[0]! : null;
  return {
    code: typed === null || only !== null ? 'PQL228' : 'PQL302',
    message:
      only !== null
        ? `${operation.verb} needs ${shapes.length === 1 ? `the word ${only}` : 'to know where'}`
        : typed === null
          ? `${operation.verb} needs to know what`
          : `${operation.verb} does not know ${typed}`,
    span,
    expected,
    hint,
    ...(only === null ? {} : { fix: { span: { start: span.start, end: span.start }, text: `${only} ` } }),
  };
}

/** The diagnostic for a clause that this shape of the verb has not. */
export function noClause(
  clause: Clause,
  operation: CommandOperation,
  variant: Variant,
  catalogue: Catalogue,
): Diagnostic {
  const shape = [operation.verb, ...variant.subject].join(' ');
  const verb = keyword(clause.word.text);
  const { span, text } = clause.word;
  const { start } = span;
  if (catalogue.has(verb))
    return {
      code: 'PQL302',
      message: `${verb} begins a statement of its own`,
      span,
      hint: 'end the statement before it with ;',
      fix: { span: { start, end: start }, text: '; ' },
    };
  const message = `${elsewhere(operation, verb) ? shape : operation.verb} has no clause ${text}`;
  const near = suggest(text, Object.keys(variant.clauses ?? {}));
  return near === null
    ? { code: 'PQL302', message, span, hint: `write ${operation.examples[0]?.text ?? operation.verb}` }
    : { code: 'PQL302', message, span, hint: `did you mean ${near}?`, fix: { span, text: near } };
}

/** Whether another shape of the verb has the clause. */
function elsewhere({ variants }: CommandOperation, word: string): boolean {
  return variants.some(({ clauses = {} }) => Object.hasOwn(clauses, word));
}
