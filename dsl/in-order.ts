import type { Span } from './ast.ts';
import type { Diagnostic } from './diagnostic.ts';

/** All problems in the order of the text. What merely follows from a problem of syntax at the same place is left out, and so is what was said
 * before in the same words. */
export function inOrder(syntax: readonly Diagnostic[], semantics: readonly Diagnostic[]): Diagnostic[] {
  if (syntax.length === 0 && semantics.length === 0) return [];
  const covered = syntax.map(({ span }) => span).sort((a, b) => a.start - b.start);
  const kept = semantics.filter(({ span }) => !touches(covered, span));
  const seen = new Set<string>();
  const all = [...syntax, ...kept]
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || compareText(a.code, b.code))
    .filter(({ code, span, message }) => {
      const key = `${span.start} ${span.end} ${code} ${message}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
  const next = all[most];
  if (next === undefined) return all;
  const rest = all.length - most;
  return [
    ...all.slice(0, most),
    { code: 'PQL109', message: `${rest} more problems follow from here`, span: next.span },
  ];
}

/** Beyond this many, further problems are only counted. */
const most = 200;

/** Whether a sorted span has something in common with this one; found by halving, since both may be thousands. */
function touches(sorted: readonly Span[], { start, end }: Span): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.start < Math.max(end, start + 1)) low = middle + 1;
    else high = middle;
  }
  return low > 0 && sorted[low - 1]!.end > start;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
