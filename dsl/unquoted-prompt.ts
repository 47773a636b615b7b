import type { Clause, Span, Value } from './ast.ts';
import type { WorkStage } from './resolved.ts';

/** What was meant as a description but stands without quotes, `GENERATE a lighthouse by the sea DURATION 4s`: everything up to the first clause
 * of the verb, which the parser took for a name and clauses. Null where the description is no such thing. */
export function unquotedPrompt({
  stage,
  operation,
  strange,
}: WorkStage): { span: Span; text: string } | null {
  const [operand] = stage.operands;
  if (operation.takes.what !== 'prompt' || operand?.value.type !== 'reference') return null;
  const unknown = new Set(strange);
  const after = stage.clauses.findIndex((clause) => !unknown.has(clause) && !isProse(clause));
  const words = after === -1 ? stage.clauses : stage.clauses.slice(0, after);
  const text = [operand.value.name, ...words.map(wordsOf)].join(' ');
  return { span: { start: operand.span.start, end: words.at(-1)?.span.end ?? operand.span.end }, text };
}

function wordsOf({ word, values }: Clause): string {
  return [word.text, ...values.map(textOf)].filter((each) => each !== '').join(' ');
}

/** `a letter from home`: a clause that takes clips, in small letters and with a word where a clip would stand. */
function isProse({ word, values }: Clause): boolean {
  const words = values.every((value) => value.type === 'operand' && value.value.type === 'reference');
  return values.length > 0 && words && word.text === word.text.toLowerCase();
}

function textOf(value: Value): string {
  if (value.type === 'operand') return value.value.type === 'reference' ? value.value.name : '';
  if (value.type === 'reference') return value.name;
  if (value.type === 'number' || value.type === 'quantity') return value.text;
  return value.type === 'text' ? value.value : '';
}
