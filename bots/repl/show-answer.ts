import type { Answer } from '../../engine/answer.ts';
import type { Palette } from '../palette.ts';
import { drawTable } from '../table.ts';
import { harmless, oneLine } from '../width.ts';

/** An answer as text for a terminal of `width` columns, without a line break at its end. */
export function showAnswer(answer: Answer, width: number, now: Date, palette: Palette): string {
  switch (answer.type) {
    case 'table':
      return drawTable(answer, width, now, palette).join('\n');
    case 'text': {
      const text = harmless(answer.text).trimEnd();
      // PQL is printed as it is, so that it can be piped into a file and run.
      return answer.title && answer.format !== 'pql'
        ? `${palette.strong(oneLine(answer.title))}\n${text}`
        : text;
    }
    case 'confirm':
      return [oneLine(answer.question), ...answer.touches.map((touch) => `  ${oneLine(touch)}`)].join('\n');
    case 'refused': {
      const head = `${palette.bad(answer.code)}  ${oneLine(answer.message)}`;
      return answer.hint ? `${head}\n   = ${oneLine(answer.hint)}` : head;
    }
  }
}
