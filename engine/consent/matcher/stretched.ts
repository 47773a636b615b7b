import type { Placed } from './glyphs.ts';

/** So often no word has a letter behind itself. */
const fewest = 3;

/** Letters of a word without what was drawn out: "sooo" is none. */
const shortest = 4;

/** Which glyphs only draw a word out: "Roberrrrto", "Oliveiraaa!"; none where no word is. */
export function stretched(glyphs: readonly Placed[]): readonly boolean[] | null {
  const drawn: boolean[] = [];
  let found = false;
  for (let from = 0; from < glyphs.length; from++) {
    if (glyphs[from]!.kind !== 'letter') continue;
    let to = from;
    while (glyphs[to + 1]?.kind === 'letter') to++;
    const tails = tailsOf(glyphs, from, to);
    if (tails.length > 0 && to - from + 1 - tails.length >= shortest) {
      found = true;
      for (const at of tails) drawn[at] = true;
    }
    from = to;
  }
  return found ? drawn : null;
}

/** The second and all later ones of each letter that is drawn out. */
function tailsOf(glyphs: readonly Placed[], from: number, to: number): number[] {
  const tails: number[] = [];
  for (let at = from; at <= to; ) {
    let next = at + 1;
    while (next <= to && glyphs[next]!.plain === glyphs[at]!.plain && glyphs[at]!.plain !== '') next++;
    if (next - at >= fewest) for (let tail = at + 1; tail < next; tail++) tails.push(tail);
    at = next;
  }
  return tails;
}
