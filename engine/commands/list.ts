import type { Column } from '../answer.ts';
import type { ShownColumn } from './answer-query.ts';

/** How many rows a page shows; more would scroll away. */
export const mostRows = 50;

export function column(name: string, type: Column['type'] = 'text'): Column {
  return { name, type };
}

/** A column that shows a field as it is, under a name of its own. */
export function plain(name: string, field: string, type: Column['type'] = 'text'): ShownColumn {
  return { head: column(name, type), fields: [field], of: (row) => row[field] ?? null };
}

/** A column that shows the first words of a statement or a recipe. */
export function beginning(name: string, field: string): ShownColumn {
  return {
    head: column(name, 'pql'),
    fields: [field],
    of: (row) => (typeof row[field] === 'string' ? firstLine(withoutComments(row[field])) : null),
  };
}

/** A column made of several fields, or of one in words of its own. */
export function composed(
  name: string,
  fields: readonly string[],
  of: ShownColumn['of'],
  type: Column['type'] = 'text',
): ShownColumn {
  return { head: column(name, type), fields, of };
}

/** The first words of a statement or a recipe, on one line. */
export function firstLine(text: string, most = 200): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

function withoutComments(text: string): string {
  return text.replace(/^\s*--.*$/gm, '');
}
