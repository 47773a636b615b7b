import type { CardView } from '../card-view.ts';
import { plainText } from '../plain.ts';
import { mostInBlock, shaped } from './shape.ts';

/** As much of an answer as a card takes; `next` is the line that comes after it, null where nothing does. */
export interface Part {
  view: CardView;
  next: number | null;
}

export function whole(view: CardView): Part {
  return { view, next: null };
}

/** The lines of an answer from one of them on, as many as fit into a block. Its first `head` lines stand above each part. */
export function partOf(
  view: Parameters<typeof shaped>[0],
  lines: readonly string[],
  head: number,
  from: number,
): Part {
  const clean = lines.map((line) => plainText(line).replaceAll('\n', ' '));
  const above = clean.slice(0, head);
  const start = Math.max(from, head);
  let end = start;
  for (let room = mostInBlock - sizeOf(above); end < clean.length; end++) {
    room -= clean[end]!.length + 1;
    if (room < 0 && end > start) break;
  }
  // A block keeps no empty line at its end: it begins the next part.
  while (end < clean.length && end > start + 1 && clean[end - 1] === '') end--;
  const rest = end < clean.length;
  const place = from > 0 || rest ? `${start - head + 1}–${end - head} of ${clean.length - head} lines. ` : '';
  return {
    view: shaped({
      ...view,
      block: [...above, ...clean.slice(start, end)].join('\n'),
      footnote: `${place}${view.footnote ?? ''}`.trim() || null,
    }),
    next: rest ? end : null,
  };
}

function sizeOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}
