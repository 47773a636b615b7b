import { bearersOf } from './bearers.ts';
import { isGivenInFull } from './companions.ts';
import type { Emit, Hit } from './hit.ts';
import type { Names } from './names.ts';
import { isEveryday, type Sight } from './sight.ts';

/** What joins two people: "Roe & Poe", "Roe vs Poe", "Roe, Poe". */
const joins = /^\s*(?:[&+,/|×]|and|vs\.?|versus|or|meets|with|und|oder|et|ou|y|o|e|og|och|en|i|и)\s*$/iu;

/** Letters of a family name. */
const shortest = 4;

/** How many people may have it. */
const most = 3;

/** Finds public figures of whom the family name alone stands beside another public figure: "Musk vs Zuckerberg"; or, where it is no word, anywhere in a text that is about one already:
 * "Einstein telling Bohr". Given to review, and those that are found so tell of the next. */
export function findBesideAnother(
  sight: Sight,
  text: string,
  hits: readonly Hit[],
  names: Names,
  emit: Emit,
): void {
  const { pieces, plain, headline } = sight;
  const starts = new Map(pieces.map(({ starts }, at) => [starts[0]!, at]));
  const ends = new Map(pieces.map(({ ends, possessive }, at) => [ends.at(possessive ? -2 : -1)!, at]));
  const told = new Set<number>();
  const tell = (at: number | undefined) => {
    if (at === undefined || told.has(at) || !mayBeFamily(sight, at)) return;
    const word = names.vocabulary.id(pieces[at]!.letters);
    if (word === -1) return;
    told.add(at);
    for (const name of bearersOf(word, most, names))
      if (names.isPublic(name))
        emit({
          start: pieces[at]!.starts[0]!,
          end: pieces[at]!.ends.at(-1)!,
          name,
          verdict: 'review',
          how: 'surname',
        });
  };
  const isOne = hits.some(({ name }) => names.isPublic(name));
  const isWithin = (at: number) =>
    hits.some(({ start, end }) => start < pieces[at]!.ends.at(-1)! && pieces[at]!.starts[0]! < end);
  if (isOne && !headline)
    pieces.forEach(({ capital }, at) => {
      if (capital && plain[at] === 'unknown' && !isWithin(at) && !isGivenInFull(sight, at)) tell(at);
    });
  // What is emitted is among the hits.
  for (let n = 0; n < hits.length; n++) {
    const { start, end, name } = hits[n]!;
    if (!names.isPublic(name)) continue;
    const [first, last] = [starts.get(start), ends.get(end)];
    if (last !== undefined)
      for (const at of [last + 1, last + 2])
        if (pieces[at] && joins.test(text.slice(end, pieces[at].starts[0]))) tell(at);
    if (first !== undefined)
      for (const at of [first - 1, first - 2])
        if (pieces[at] && joins.test(text.slice(pieces[at].ends.at(-1), start))) tell(at);
  }
}

/** Written as a name, or no other word. */
function mayBeFamily({ pieces, plain, headline, small }: Sight, at: number): boolean {
  const { letters, native, capital, capitals } = pieces[at]!;
  if (letters.length < shortest || native !== '') return false;
  return isEveryday(plain[at]!) ? !headline && (capital || capitals) : capital || capitals || small;
}
