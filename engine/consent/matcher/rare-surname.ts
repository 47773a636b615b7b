import { bearersOf } from './bearers.ts';
import { isGivenInFull, isSomebodyElse } from './companions.ts';
import type { Emit } from './hit.ts';
import type { Lexicon } from './lexicon.ts';
import type { Names } from './names.ts';
import { isApposed, isIntroduced, isTitled, isTitledAtOnce } from './said-of.ts';
import type { Sight } from './sight.ts';
import { isNamedForSomebody, isQuality } from './something-else.ts';

/** How many people may have a family name that tells who is meant. */
const most = 3;

/** Letters of one that is looked at, and of one right behind a title. */
const shortest = 5;
const shortestTitled = 3;

const kin = /(?:mother|father|brother|sister|daughter|cousin)$/;

/** Finds a family name that is no word and that hardly anybody has: alone where many know who has it ("Zuckerberg explains the metaverse"),
 * else beside a title, a profession or a form of address ("goalkeeper Karabulutlu"). Given to review. */
export function findRareSurname(sight: Sight, at: number, names: Names, lexicon: Lexicon, emit: Emit): void {
  const piece = sight.pieces[at]!;
  // "Roe's", "Roe'nun", and not "O'Roe".
  const form =
    piece.stem >= shortest || piece.possessive ? piece.letters.slice(0, piece.stem) : piece.letters;
  if (sight.plain[at] !== 'unknown' || form.length < shortestTitled) return;
  const isWide = lexicon.isFamily(form) || lexicon.isFamilyAbroad(form);
  if (isWide || form.length < shortest) {
    findOnlyTitled(sight, at, form, names, lexicon, emit);
    return;
  }
  const word = names.vocabulary.id(form);
  if (word === -1) return;
  const isSaidOf = mayStandTitled(sight, at, form, names) && isTitled(sight, at, lexicon);
  const titled =
    isSaidOf ||
    (form.length >= magnitude(names) + 2 &&
      !lexicon.isOtherAlone(form) &&
      (isApposed(sight, at, lexicon) || isIntroduced(sight, at, lexicon)));
  // Who belongs to somebody is called by a given name: "grandmother Jane".
  const mayBeFirst = isSaidOf || (titled && !kin.test(sight.pieces[at - 1]?.letters ?? ''));
  const bearers = bearersOf(word, most, names, mayBeFirst && !lexicon.isGiven(form));
  if (bearers.length === 0 || isNamedForSomebody(sight, at, lexicon)) return;
  const alone = !lexicon.isOtherAlone(form) && mayStandAlone(sight, at, form, names, lexicon);
  if (!titled && !alone) return;
  for (const name of bearers) {
    if (!titled && !names.isPublic(name)) continue;
    if (isGivenInFull(sight, at) && isSomebodyElse(sight, piece.letters, form, name, names, lexicon))
      continue;
    const end = piece.ends.at(piece.possessive ? -2 : -1)!;
    emit({ start: piece.starts[0]!, end, name, verdict: 'review', how: 'surname' });
  }
}

/** Right behind what its bearer is a short family name, or one that many bear, may be the only one of private people: "nurse Roe" where one Roe is registered. */
function findOnlyTitled(
  sight: Sight,
  at: number,
  form: string,
  names: Names,
  lexicon: Lexicon,
  emit: Emit,
): void {
  const { capital, starts, ends, possessive } = sight.pieces[at]!;
  if (!capital || sight.headline || !isTitledAtOnce(sight, at, lexicon)) return;
  const word = names.vocabulary.id(form);
  if (word === -1 || isNamedForSomebody(sight, at, lexicon)) return;
  for (const name of bearersOf(word, 1, names, !lexicon.isGiven(form)))
    if (!names.isPublic(name))
      emit({
        start: starts[0]!,
        end: ends.at(possessive ? -2 : -1)!,
        name,
        verdict: 'review',
        how: 'surname',
      });
}

/** Beside a title a name of five letters is enough, and of more among so many names that any word is one by chance. */
function mayStandTitled(sight: Sight, at: number, form: string, names: Names): boolean {
  const piece = sight.pieces[at]!;
  if (piece.capital || piece.capitals) return form.length >= magnitude(names);
  return sight.small && form.length > shortest && form.length > magnitude(names);
}

function mayStandAlone(sight: Sight, at: number, form: string, names: Names, lexicon: Lexicon): boolean {
  const piece = sight.pieces[at]!;
  const [before, beyond] = [sight.pieces[at - 1], sight.pieces[at - 2]];
  if (isQuality(sight, at, lexicon)) return false;
  if (!(piece.capital || piece.capitals))
    return sight.small && form.length >= magnitude(names) + 3 && !lexicon.abroad().isSeen(form);
  if (form.length < magnitude(names) + (sight.headline ? 3 : 2)) return false;
  // "Santo Domingo" is a name of its own; "Kanzlerin Merkel" begins a sentence with who she is.
  if (before === undefined || piece.before !== 'space' || !(before.capital || before.capitals)) return true;
  if (sight.headline) return true;
  const begins = beyond === undefined || before.before === 'stop';
  return (
    lexicon.isTitle(before.letters) ||
    lexicon.isAddress(before.letters) ||
    lexicon.roles(before.letters).length > 0 ||
    (begins && before.letters.length > 3 && !lexicon.isGiven(before.letters))
  );
}

/** A letter more for each ten times as many names: 3 among a thousand, 6 among a million. */
function magnitude(names: Names): number {
  return Math.round(Math.log10(Math.max(names.size, 10)));
}
