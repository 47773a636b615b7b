import type { Json } from '../../dsl/json.ts';
import type { Answer, Column } from '../answer.ts';

/** How many rows a list shows; more would scroll away. */
export const mostRows = 50;

export function column(name: string, type: Column['type'] = 'text'): Column {
  return { name, type };
}

/** A list, the newest first; `older` says how to find what is not shown, `empty` what to do when there is nothing. */
export function list(
  title: string,
  columns: Column[],
  rows: Json[][],
  total: number,
  hints: { older: string; empty: string },
): Answer {
  const hint =
    total === 0
      ? hints.empty
      : total > rows.length
        ? `the newest ${rows.length} of ${total}; ${hints.older}`
        : null;
  return { type: 'table', title, columns, rows, total, hint };
}

/** The first words of a statement or a recipe, on one line. */
export function firstLine(text: string, most = 200): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
