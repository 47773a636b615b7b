/** The candidate that somebody who wrote `text` most likely meant, or null. Upper and lower case do not count; two swapped letters are one slip;
 * one slip is forgiven for words of three and four letters, two up to seven, three beyond. Of equal ones the first wins. */
export function suggest(text: string, candidates: Iterable<string>): string | null {
  const wanted = text.toLowerCase();
  if (wanted.length > longest) return null;
  let best: string | null = null;
  let fewest = allowance(wanted.length) + 1;
  for (const candidate of candidates) {
    const word = candidate.toLowerCase();
    if (word === wanted || Math.abs(word.length - wanted.length) >= fewest) continue;
    const slips = distance(wanted, word, fewest);
    if (slips < fewest) [best, fewest] = [candidate, slips];
  }
  return best ?? completed(wanted, candidates);
}

/** Beyond this nobody mistyped a word. */
const longest = 64;

function allowance(length: number): number {
  if (length < 3) return 0;
  if (length < 5) return 1;
  return length < 8 ? 2 : 3;
}

/** A word that was only begun: `DUR` for DURATION, if it is the beginning of just one. */
function completed(wanted: string, candidates: Iterable<string>): string | null {
  if (wanted.length < 3) return null;
  const begun = [...candidates].filter(
    (candidate) => candidate.toLowerCase().startsWith(wanted) && candidate.length > wanted.length,
  );
  return begun.length === 1 ? (begun[0] ?? null) : null;
}

/** Optimal string alignment distance (Damerau–Levenshtein without repeated edits of a pair), given up once every way costs `limit`. */
function distance(one: string, other: string, limit: number): number {
  let [beforeLast, last] = [[] as number[], Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      let cost = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      const swapped =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (swapped) cost = Math.min(cost, beforeLast[column - 2]! + 1);
      current.push(cost);
    }
    if (Math.min(...current) >= limit && Math.min(...last) >= limit) return limit;
    [beforeLast, last] = [last, current];
  }
  return last[other.length]!;
}
