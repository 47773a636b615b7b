import type { JsonObject } from '../json.ts';
import { time } from '../values/quantities.ts';
import type { FrameWork } from './draft.ts';

/** A TRIM as it stands behind a pipe: `TRIM FROM 2s UNTIL 6s`. */
export function trimWords(args: JsonObject): string {
  const { from, to } = args as { from: number; to: number | null };
  const begin = from === 0 && to !== null ? '' : ` FROM ${time.print(from)}`;
  return `TRIM${begin}${to === null ? '' : ` UNTIL ${time.print(to)}`}`;
}

/** Canonical PQL of stages done in one pass: `TRIM v3[2s..6s] | GRADE LOOK noir`. */
export function titleOf({ operand, pieces }: Pick<FrameWork, 'operand' | 'pieces'>): string {
  const [first, ...rest] = pieces;
  return [withOperand(first!, operand), ...rest.map(({ piped }) => piped)].join(' | ');
}

function withOperand({ operation, piped, arguments: args }: FrameWork['pieces'][number], operand: string) {
  if (operand === '') return piped;
  if (operation === 'trim' && !operand.startsWith('(')) {
    const { from, to } = args as { from: number; to: number | null };
    const begin = from === 0 && to !== null ? '' : time.print(from);
    return `TRIM ${operand}[${begin}..${to === null ? '' : time.print(to)}]`;
  }
  // Each of these verbs is one word, and what follows it are clauses.
  return piped.replace(/^\S+/, (verb) => `${verb} ${operand}`);
}
