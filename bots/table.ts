import type { Answer, Column } from '../engine/answer.ts';
import { type Palette, plainPalette } from './palette.ts';
import { showValue } from './value.ts';
import { columnsOf, fillTo, oneLine } from './width.ts';

type Table = Extract<Answer, { type: 'table' }>;

/** An answer's table as lines of at most `width` columns. Too wide, the widest columns give way first and are cut with `…`; ids, states and
 * numbers, which are short and are what people type next, give way last. */
export function drawTable(table: Table, width: number, now: Date, palette: Palette = plainPalette): string[] {
  if (table.rows.length === 0) return [oneLine(table.hint ?? `${table.title}: nothing yet`)];
  const cells = table.rows.map((row) =>
    table.columns.map((column, index) => showValue(row[index] ?? null, column.type, now)),
  );
  const heads = table.columns.map((column) => oneLine(column.name));
  const widths = share(
    heads.map((head, index) => Math.max(columnsOf(head), ...cells.map((row) => columnsOf(row[index]!)))),
    table.columns,
    width,
  );
  const side = (column: Column) =>
    column.type === 'number' || column.type === 'bytes' || column.type === 'seconds' ? 'right' : 'left';
  const draw = (texts: string[], paint: (text: string, column: Column) => string) =>
    table.columns
      .map((column, index) => paint(fillTo(texts[index]!, widths[index]!, side(column)), column))
      .filter((_, index) => widths[index]! > 0)
      .join(gap)
      .trimEnd();
  const lines = [draw(heads, (text) => palette.dim(text))];
  for (const row of cells) lines.push(draw(row, (text, column) => paintCell(text, column, palette)));
  // A hint says better how to see the others.
  if (table.hint) lines.push(palette.dim(oneLine(table.hint)));
  else if (table.total > table.rows.length)
    lines.push(palette.dim(`… ${table.total - table.rows.length} more`));
  return lines;
}

const gap = '  ';

/** Widths that together fit: takes a column at a time from the widest that may still shrink, the free texts first. */
function share(wanted: number[], columns: readonly Column[], width: number): number[] {
  const widths = [...wanted];
  const free = (index: number) => columns[index]!.type === 'text' || columns[index]!.type === 'pql';
  const total = () => {
    const shown = widths.filter((w) => w > 0);
    return shown.reduce((sum, w) => sum + w, 0) + gap.length * Math.max(0, shown.length - 1);
  };
  const widest = (floor: number, only: (index: number) => boolean) => {
    let best = -1;
    for (const [index, w] of widths.entries())
      if (only(index) && w > floor && (best < 0 || w > widths[best]!)) best = index;
    return best;
  };
  while (total() > width) {
    let index = widest(8, free);
    if (index < 0) index = widest(3, () => true);
    if (index < 0) {
      // Not even three columns each: the last columns go.
      const last = widths.findLastIndex((w) => w > 0);
      if (last <= 0) break;
      widths[last] = 0;
    } else widths[index]! -= 1;
  }
  if (widths[0]! > width) widths[0] = Math.max(1, width);
  return widths;
}

function paintCell(text: string, column: Column, palette: Palette): string {
  if (column.type === 'id') return palette.accent(text);
  if (column.type !== 'state') return text;
  const state = text.trim();
  if (state === 'done' || state === 'ok') return palette.good(text);
  if (state === 'failed' || state === 'problem') return palette.bad(text);
  if (state === 'running' || state === 'warn') return palette.warn(text);
  return palette.dim(text);
}
