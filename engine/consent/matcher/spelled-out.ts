import type { Placed } from './glyphs.ts';

/** Letters of a word that is spelled out: "J.R.R." are initials, "R.o.e" is a word. */
const fewest = 4;
const fewestSmall = 3;

/** Between two letters of one: "j - a - n - e". */
const mostBetween = 3;

/** Which glyphs only keep the letters of a spelled word apart, "a.r.n.i.e", "o w e n", and false for those letters; none where no word is spelled. */
export function spelledOut(glyphs: readonly Placed[]): readonly boolean[] | null {
  const between: boolean[] = [];
  let found = false;
  for (let from = 0; from < glyphs.length; from++) {
    if (!isSingle(glyphs, from)) continue;
    const letters = lettersFrom(glyphs, from);
    const last = letters.at(-1)!;
    const isWord = isSmall(glyphs, letters) || hasDigits(glyphs, letters);
    if (letters.length >= fewest || (letters.length >= fewestSmall && isWord)) {
      found = true;
      for (let at = from; at <= last; at++) between[at] = !isLetter(glyphs[at]!);
    }
    from = last;
  }
  return found ? between : null;
}

/** The single letters that follow each other with the same between them, by their places. */
function lettersFrom(glyphs: readonly Placed[], from: number): number[] {
  const found = [from];
  let usual: string | undefined;
  for (let at = from; ; ) {
    let next = at + 1;
    while (next < glyphs.length && next - at <= mostBetween && !isLetter(glyphs[next]!)) next++;
    const kinds = glyphs.slice(at + 1, next).map(({ kind }) => kind);
    usual ??= kinds.join();
    if (next === at + 1 || kinds.join() !== usual || !isSingle(glyphs, next)) return found;
    found.push(next);
    at = next;
  }
}

/** Whether a capital begins what goes on in small letters, with no space between them. */
function isSmall(glyphs: readonly Placed[], [first, ...rest]: readonly number[]): boolean {
  return glyphs[first!]!.upper && rest.every((at) => !glyphs[at]!.upper && glyphs[at - 1]!.kind !== 'space');
}

/** "L.3.3", and not "3.1.4" or "v.1.2 of it". */
function hasDigits(glyphs: readonly Placed[], [first, ...rest]: readonly number[]): boolean {
  return glyphs[first!]!.upper && rest.some((at) => glyphs[at]!.kind === 'digit');
}

/** A letter, or a digit for one, with nothing of a word beside it; that of "Roe's" is none. */
function isSingle(glyphs: readonly Placed[], at: number): boolean {
  if (glyphs[at - 1]?.kind === 'quote' && isLetter(glyphs[at - 2])) return false;
  return isLetter(glyphs[at]) && !isLetter(glyphs[at - 1]) && !isLetter(glyphs[at + 1]);
}

function isLetter(glyph: Placed | undefined): boolean {
  return glyph !== undefined && (glyph.kind === 'letter' || (glyph.kind === 'digit' && glyph.leet !== ''));
}
