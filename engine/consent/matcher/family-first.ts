import { abbreviations } from './abbreviations.ts';
import type { Emit } from './hit.ts';
import { hashOfInitial, type Names } from './names.ts';
import type { Sight } from './sight.ts';

/** Finds names whose family name stands first, as short as it may be, with two initials before or behind it: "H. S. Gil", "Luo J.Y.", "Park G.-h.", "JY Park". */
export function findFamilyFirst(sight: Sight, at: number, names: Names, emit: Emit): void {
  const { pieces, headline } = sight;
  if (headline || !pieces[at]!.capital) return;
  const word = names.vocabulary.id(pieces[at]!.letters);
  if (word === -1) return;
  for (const [from, to] of [
    [at - 2, at - 1],
    [at - 1, at - 1],
    [at + 1, at + 2],
    [at + 1, at + 1],
  ] as const) {
    const initials = initialsAt(sight, from, to);
    if (initials === null || pieces[Math.max(at, from)]!.before !== 'space') continue;
    names.initialed.each(hashOfInitial(initials.charCodeAt(0), word), (name) => {
      if (!names.isAlive(name) || names.wordOf(name, 0) !== word) return;
      if (!hasInitials(names.wordsOf(name).slice(1), initials)) return;
      const [start, end] = [pieces[Math.min(from, at)]!.starts[0]!, pieces[Math.max(to, at)]!.ends.at(-1)!];
      emit({ start, end, name, verdict: 'review', how: 'initials' });
    });
  }
}

/** Two initials in one piece or in two, with dots or as capitals; null where there are none. */
function initialsAt({ pieces }: Sight, from: number, to: number): string | null {
  const [a, b] = [pieces[from], pieces[to]];
  if (a === undefined || b === undefined || a.measured) return null;
  if (from === to)
    return a.capitals && a.letters.length === 2 && !abbreviations.has(a.letters) ? a.letters : null;
  if (a.letters.length > 1 || b.letters.length > 1 || !/^(?:space|joint|none)$/.test(b.before)) return null;
  const isWritten = (a.dot || a.capital) && (b.dot || b.capital || b.before === 'joint');
  return isWritten ? a.letters + b.letters : null;
}

/** "Ha-seon" and "Haseon" are H. S. */
function hasInitials(given: readonly string[], initials: string): boolean {
  const [one, other] = given;
  if (one === undefined || one[0] !== initials[0]) return false;
  return other === undefined ? one.indexOf(initials[1]!, 2) !== -1 : other[0] === initials[1];
}
