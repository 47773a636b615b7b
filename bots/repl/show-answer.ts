import type { Answer } from '../../engine/answer.ts';
import type { Palette } from '../palette.ts';
import { drawTable } from '../table.ts';
import { columnsOf, harmless, oneLine } from '../width.ts';

/** An answer as text for a terminal of `width` columns, without a line break at its end. */
export function showAnswer(answer: Answer, width: number, now: Date, palette: Palette): string {
  switch (answer.type) {
    case 'table':
      return drawTable(answer, width, now, palette).join('\n');
    case 'text': {
      const plain = harmless(answer.text).trimEnd();
      // PQL is printed as it is, so that it can be piped into a file and run.
      const text = answer.format === 'pql' ? plain : fold(plain, width);
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

/** Lines that are too long are broken between words and go on below where they began, or below their last column. */
function fold(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => (columnsOf(line) <= width ? [line] : foldLine(line, width)))
    .join('\n');
}

function foldLine(line: string, width: number): string[] {
  const columns = [...line.matchAll(/\S {2,}/g)].map(({ index, 0: gap }) => index + gap.length);
  const indent = columns.findLast((column) => column <= width / 2) ?? line.search(/\S|$/);
  const start = line.slice(0, indent);
  const lines: string[] = [];
  let present = start;
  for (const word of line.slice(start.length).split(' ')) {
    const longer = present.endsWith(' ') || present === '' ? present + word : `${present} ${word}`;
    if (columnsOf(longer) <= width || present.trim() === '') present = longer;
    else {
      lines.push(present);
      present = ' '.repeat(start.length) + word;
    }
  }
  return [...lines, present];
}
