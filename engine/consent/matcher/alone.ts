import { abbreviations } from './abbreviations.ts';
import { bearersOf } from './bearers.ts';
import type { Candidates } from './candidates.ts';
import { isGivenInFull, isSomebodyElse } from './companions.ts';
import { findFamilyFirst } from './family-first.ts';
import { findForeignRun } from './foreign-runs.ts';
import { findForeignSingle } from './foreign-single.ts';
import type { Emit } from './hit.ts';
import { findJapanese } from './japanese.ts';
import type { Lexicon } from './lexicon.ts';
import { hashOf, hashOfPair } from './multi-map.ts';
import type { Names } from './names.ts';
import type { How, Verdict } from './port.ts';
import { findRareSurname } from './rare-surname.ts';
import type { Piece } from './reading.ts';
import type { Sight } from './sight.ts';
import { judgeSingle } from './single.ts';
import { isNamedForSomebody, isSomethingElse, isSurelyNamedForSomebody } from './something-else.ts';
import { isEnough, supportFor } from './support.ts';
import { findWithInitial } from './with-initial.ts';

/** "Act II" is no Elizabeth II. */
const numeral = /^(?:ii|iii|iv|vi|vii|viii|ix|xi|xii)$/;

/** Finds parts of names that something else in the text supports: a family name, a single name, initials. */
export function findAlone(
  sight: Sight,
  candidates: (at: number) => Candidates,
  names: Names,
  lexicon: Lexicon,
  emit: Emit,
): void {
  if (sight.reading.syllables) return;
  sight.pieces.forEach((piece, at) => {
    const { letters } = piece;
    if (letters.length >= 2) {
      findSurname(sight, at, names, lexicon, emit);
      findShortGiven(sight, at, names, lexicon, emit);
      findWithInitial(sight, at, names, lexicon, emit);
      findFamilyFirst(sight, at, names, emit);
      if (piece.native === '' || piece.script === 'other') findRareSurname(sight, at, names, lexicon, emit);
    }
    findInitials(sight, at, names, emit);
    if (piece.native !== '') {
      findForeignSingle(sight, at, names, lexicon, candidates(at), emit);
      findForeignRun(sight, at, names, lexicon, emit);
      findJapanese(sight, at, names, lexicon, emit);
    } else if (letters.length > 5 && sight.plain[at] === 'unknown')
      findMisspelled(sight, at, names, lexicon, emit);
  });
}

function findSurname(sight: Sight, at: number, names: Names, lexicon: Lexicon, emit: Emit): void {
  const piece = sight.pieces[at]!;
  const tell = (name: number, verdict: Verdict, how: How) =>
    emit({ start: piece.starts[0]!, end: piece.ends.at(piece.possessive ? -2 : -1)!, name, verdict, how });
  for (const form of piece.possessive
    ? [piece.letters.slice(0, -1)]
    : [piece.letters, ...singular(piece.letters), ...stemOf(piece)]) {
    const word = numeral.test(form) && !piece.capital ? -1 : names.vocabulary.id(form);
    if (word === -1) continue;
    const plainness = lexicon.plainness(form);
    names.single.each(word, (name) => {
      if (!names.isAlive(name)) return;
      const judged = judgeSingle(sight, at, form, name, names, lexicon);
      if (judged) tell(name, judged, form === piece.letters || piece.possessive ? 'exact' : 'spelling');
    });
    if (at > 0 && piece.before === 'space' && lexicon.isTitle(sight.pieces[at - 1]!.letters))
      if (plainness === 'unknown' || plainness === 'known')
        for (const name of bearersOf(word, 5, names))
          if (
            !names.isPublic(name) ||
            (piece.capital && !sight.headline && isOnly(form, name, names, lexicon))
          )
            tell(name, 'review', 'surname');
    // "De los" is nobody, whoever is called de something.
    if (lexicon.isParticle(form)) continue;
    for (const context of sight.context(at).any)
      names.supported.each(hashOfPair(word, context), (name) => {
        if (!names.isAlive(name)) return;
        const isLast = names.wordOf(name, names.lengthOf(name) - 1) === word;
        if (!isLast && names.wordOf(name, 0) !== word) return;
        const support = supportFor(sight, at, name, names);
        if (support !== 'specific' && isSomethingElse(sight, at, form, lexicon)) return;
        if (support !== 'specific' && isNamedForSomebody(sight, at, lexicon)) return;
        const unsure = isGivenInFull(sight, at) || (support !== 'specific' && support !== 'next');
        if (unsure && isSomebodyElse(sight, piece.letters, form, name, names, lexicon)) return;
        if (isEnough(sight, at, form, plainness, support, isLast)) tell(name, 'review', 'surname');
      });
  }
}

/** Letters before an apostrophe. */
const shortestStem = 4;

/** Letters of a family name that says who is meant. */
const distinct = 6;

/** Whether a public figure is the only one of a family name that is long, and not among the commonest: "Mrs Thatcher". */
function isOnly(form: string, name: number, names: Names, lexicon: Lexicon): boolean {
  if (form.length < distinct || lexicon.isFamily(form) || lexicon.isFamilyAbroad(form)) return false;
  return bearersOf(names.vocabulary.id(form), 1, names).includes(name);
}

/** "Leo from Titanic": a short form of a given name, where something is told that only its bearer is known for. */
function findShortGiven(sight: Sight, at: number, names: Names, lexicon: Lexicon, emit: Emit): void {
  const { letters, capital, starts, ends, native } = sight.pieces[at]!;
  if (native !== '' || !(capital || sight.small) || (sight.everyday[at] && !lexicon.isGiven(letters))) return;
  const isName = capital && !sight.headline && !sight.everyday[at];
  const contexts = [...(isName ? sight.context(at).specific : []), ...workBehind(sight, at)];
  if (contexts.length === 0) return;
  const given = [letters, ...lexicon.nicknames(letters)].map((form) => names.vocabulary.id(form));
  for (const word of new Set(given.filter((id) => id !== -1)))
    for (const context of contexts)
      names.supported.each(hashOfPair(word, context), (name) => {
        if (!names.isAlive(name) || !names.isPublic(name) || names.wordOf(name, 0) !== word) return;
        if (!isSomebodyElse(sight, letters, letters, name, names, lexicon))
          emit({ start: starts[0]!, end: ends.at(-1)!, name, verdict: 'review', how: 'nickname' });
      });
}

/** What follows "from", as its hash: an ordinary word is the title of a film there. */
function workBehind({ pieces, context, small }: Sight, at: number): number[] {
  const from = pieces[at + 1]?.letters.length === 1 ? at + 2 : at + 1;
  const work = pieces[from + 1];
  if (work === undefined || !/^(?:from|of|in|aus|de|da|von)$/.test(pieces[from]!.letters)) return [];
  const hash = context(at).wordsAt.get(from + 1);
  return hash === undefined || !(small || work.capital) ? [] : [hash];
}

/** "Tarkan'ın". */
function stemOf({ letters, stem }: Piece): string[] {
  return stem >= shortestStem ? [letters.slice(0, stem)] : [];
}

function singular(letters: string): string[] {
  return letters.length > 4 && letters.endsWith('s') ? [letters.slice(0, -1)] : [];
}

/** Letters of a family name that tells who is meant in spite of an error, and of one with two. */
const longFamily = 9;
const longerFamily = 11;

/** Letters of what somebody is called besides their name. */
const longAlias = 8;

/** How many people may have it. */
const mostMisspelled = 2;

/** A name of one word with a typing error: "Beyonse"; or a long family name: "Shwarzenegger lifts a car". */
function findMisspelled(sight: Sight, at: number, names: Names, lexicon: Lexicon, emit: Emit): void {
  const piece = sight.pieces[at]!;
  if (isSurelyNamedForSomebody(sight, at, lexicon)) return;
  const letters = piece.possessive ? piece.letters.slice(0, -1) : piece.letters;
  const tell = (name: number) =>
    emit({ start: piece.starts[0]!, end: piece.ends.at(-1)!, name, verdict: 'review', how: 'spelling' });
  // A family name as it is spelled is no error in another.
  const own = names.vocabulary.id(letters);
  if (own !== -1 && bearersOf(own, mostMisspelled, names).some((name) => names.isPublic(name))) return;
  const isLong = letters.length >= longFamily && (sight.small || piece.capital || piece.capitals);
  if (!names.hasSingle && !isLong) return;
  names.vocabulary.near(letters, (word, errors) => {
    if (errors > 1 && letters.length < 9) return;
    // "Napoleonic" is what somebody's time is called.
    if (errors > 1 && letters.startsWith(names.vocabulary.text(word))) return;
    names.single.each(word, (name) => {
      if (!names.isAlive(name) || !names.isPublic(name) || names.vocabulary.lengthOf(word) < 6) return;
      // What somebody is called besides is much else: "Schwarzer" is no Schwarzy.
      if (names.isFirst(name) || (errors === 1 && letters.length >= longAlias)) tell(name);
    });
    if (!isLong || (errors > 1 && letters.length < longerFamily)) return;
    if (lexicon.plainness(names.vocabulary.text(word)) !== 'unknown') return;
    for (const name of bearersOf(word, mostMisspelled, names)) if (names.isPublic(name)) tell(name);
  });
}

/** "J. R. v. d. R." */
const mostInitials = 6;

/** "J.R." and "JR", where something that only few are known for is told. */
function findInitials(sight: Sight, at: number, names: Names, emit: Emit): void {
  const { pieces } = sight;
  const piece = pieces[at]!;
  let letters = piece.letters;
  let to = at;
  if (piece.measured) return;
  if (letters.length === 1) {
    if (!piece.dot && !piece.capital) return;
    if (at > 0 && pieces[at - 1]!.letters.length === 1 && pieces[at - 1]!.dot) return;
    while (
      pieces[to + 1]?.letters.length === 1 &&
      letters.length < mostInitials &&
      (pieces[to]!.dot || pieces[to + 1]!.capital)
    )
      letters += pieces[++to]!.letters;
    if (letters.length < 2 || !(pieces[to]!.dot || pieces[to]!.capital)) return;
  } else if (letters.length > 4 || !piece.capitals || sight.headline || sight.everyday[at]) return;
  if (abbreviations.has(letters) && !(piece.dot && /^(?:jr|sr|dr|mr|ms|st|dj|mc|ai|hd|tv)$/.test(letters)))
    return;
  const word = letters.length > 2 && to > at ? names.vocabulary.id(letters) : -1;
  if (word !== -1)
    names.single.each(word, (name) => {
      const [start, end] = [piece.starts[0]!, pieces[to]!.ends.at(-1)!];
      if (names.isAlive(name)) emit({ start, end, name, verdict: 'review', how: 'initials' });
    });
  // "MR. BANKS" is no Margot Robbie.
  if (abbreviations.has(letters) && to === at && pieces[at + 1]?.before === 'space') return;
  for (const context of sight.context(at).any)
    names.supported.each(hashOfPair(hashOf(letters), context), (name) => {
      if (!names.isAlive(name)) return;
      const support = supportFor(sight, at, name, names);
      if (support !== 'none' && (support !== 'weak' || piece.dot))
        emit({
          start: piece.starts[0]!,
          end: pieces[to]!.ends.at(-1)!,
          name,
          verdict: 'review',
          how: 'initials',
        });
    });
}
