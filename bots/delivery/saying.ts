import type { CardView } from '../presenter/card-view.ts';

/** The view with further lines, the new ones first; at most twelve. */
export function saying(view: CardView, lines: readonly string[]): CardView {
  return { ...view, lines: [...lines, ...view.lines].slice(0, 12) };
}
