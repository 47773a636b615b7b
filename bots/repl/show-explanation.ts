import type { Command } from '../../dsl/compiled.ts';
import { explainText } from '../../dsl/explain.ts';
import type { Explanation } from '../../engine/explanation.ts';
import type { Palette } from '../palette.ts';
import { harmless, oneLine } from '../width.ts';

/** An explanation as text for so many columns, without a line break at its end; of a command it says that it is no job. */
export function showExplanation(
  text: string,
  explanation: Explanation | null,
  command: Command | null,
  columns: number,
  palette: Palette,
): string {
  if (explanation) {
    const { plan, steps, totals, refused } = explanation;
    const told = explainText(plan, steps, columns, totals);
    return harmless(
      refused === undefined
        ? told
        : `${told}\nrefused now: ${refused.code} ${refused.message}; ${refused.hint}`,
    );
  }
  const asks = command?.destructive ? ', after asking' : '';
  return `${palette.strong(oneLine(text))}\nis answered at once${asks}; it is no job`;
}
