import { namesBegunBy } from './bearers.ts';
import type { Emit } from './hit.ts';
import type { Lexicon } from './lexicon.ts';
import { hashOfPair } from './multi-map.ts';
import { hashOfInitial, type Names } from './names.ts';
import { isEveryday, type Sight } from './sight.ts';
import { supportFor } from './support.ts';

/** How many people "Adaeze O." may be. */
const mostBegun = 3;

/** Letters of a family name with digits among them. */
const shortestDisguised = 4;

/** Letters of a family name that stands first, and of which a given name is not told apart. */
const shortestFirst = 4;

/** Letters of a family name behind which one initial says who is meant. */
const shortestLast = 5;

/** Finds a family name with digits for letters behind an initial: "T. H3nry". */
export function findDisguisedSurnames(sight: Sight, names: Names, lexicon: Lexicon, emit: Emit): void {
  sight.pieces.forEach(({ odd, letters }, at) => {
    if (odd && letters.length >= shortestDisguised && sight.pieces[at - 1]?.dot)
      findWithInitial(sight, at, names, lexicon, emit);
  });
}

/** "J. Roe", "Jane R.". */
export function findWithInitial(sight: Sight, at: number, names: Names, lexicon: Lexicon, emit: Emit): void {
  const piece = sight.pieces[at]!;
  const said = piece.possessive ? piece.letters.slice(0, -1) : piece.letters;
  const particle = sight.pieces[at - 1]?.letters ?? '';
  // "M. al-Faruqi" is a Mr Alfaruqi too.
  const forms = at > 1 && lexicon.isParticle(particle) ? [said, particle + said] : [said];
  for (const form of forms) findInitialed(sight, at, form, names, lexicon, emit);
}

function findInitialed(
  sight: Sight,
  at: number,
  form: string,
  names: Names,
  lexicon: Lexicon,
  emit: Emit,
): void {
  const piece = sight.pieces[at]!;
  const word = names.vocabulary.id(form);
  if (word === -1) return;
  const before = initialsBefore(sight, at, lexicon);
  const after = sight.pieces[at + 1];
  const behind =
    after && after.letters.length === 1 && (after.capital || after.dot) && after.before === 'space'
      ? after
      : null;
  if (before.length === 0 && !behind) return;
  const plainness = lexicon.plainness(form);
  const end = piece.ends.at(piece.possessive ? -2 : -1)!;
  // "T. i.e. g. roe".
  for (const lead of before.map((place) => sight.pieces[place]!))
    names.initialed.each(hashOfInitial(lead.letters.charCodeAt(0), word), (name) => {
      if (!names.isAlive(name) || !isFamily(name, word, form, names, lexicon)) return;
      const sure = lead.dot || (!sight.headline && piece.capital) || !isEveryday(plainness);
      if (sure || supportFor(sight, at, name, names) !== 'none')
        emit({ start: lead.starts[0]!, end, name, verdict: 'review', how: 'initials' });
    });
  if (!behind) return;
  // Whose given name is no word, and had by few, needs nothing else; of private people also what many are called.
  const isWritten = piece.capital && behind.capital && behind.dot;
  if (plainness === 'unknown' || (plainness === 'given' && isWritten))
    for (const name of namesBegunBy(word, behind.letters.charCodeAt(0), mostBegun, names))
      if (plainness === 'unknown' || !names.isPublic(name))
        emit({ start: piece.starts[0]!, end: behind.ends[0]!, name, verdict: 'review', how: 'initials' });
  // "Roe J.", as registers and papers have it.
  if (plainness === 'unknown' && isWritten && form.length >= shortestLast)
    names.initialed.each(hashOfInitial(behind.letters.charCodeAt(0), word), (name) => {
      if (names.isAlive(name) && names.isFamily(name, word))
        emit({ start: piece.starts[0]!, end: behind.ends[0]!, name, verdict: 'review', how: 'initials' });
    });
  for (const context of sight.context(at).any)
    names.supported.each(hashOfPair(word, context), (name) => {
      if (!names.isAlive(name) || names.wordOf(name, 0) !== word) return;
      if (names.vocabulary.initialOf(names.wordOf(name, names.lastAt(name))) !== behind.letters.charCodeAt(0))
        return;
      const support = supportFor(sight, at, name, names);
      if (support !== 'weak' || plainness === 'unknown' || plainness === 'given')
        emit({ start: piece.starts[0]!, end: behind.ends[0]!, name, verdict: 'review', how: 'initials' });
    });
}

/** "Y. Namgung" is Namgung Ye-seul. */
function isFamily(name: number, word: number, form: string, names: Names, lexicon: Lexicon): boolean {
  if (names.isFamily(name, word)) return true;
  const isFirst = form.length > shortestFirst && names.wordOf(name, 0) === word;
  // "G. Batbayar" is Batbayar Ganzorig; of public figures the second of two words is what they are known by.
  const mayTurn = names.lengthOf(name) > 2 || (!names.isPublic(name) && !lexicon.isGiven(form));
  return isFirst && mayTurn && lexicon.plainness(form) === 'unknown';
}

/** Letters of a family name behind an initial without a capital, "s bhattarai", and letters that are words. */
const shortestRare = 6;
const words = /[aeiouy]/;

/** Where the initials stand that lead to a piece; the first of them first. */
function initialsBefore({ pieces, plain, small }: Sight, at: number, lexicon: Lexicon): number[] {
  const found: number[] = [];
  for (let i = at - 1; i >= Math.max(0, at - 3); i--) {
    const piece = pieces[i]!;
    const next = pieces[i + 1]!;
    // "I. Roe-Obi".
    if (found.length === 0 && next.before === 'joint' && piece.letters.length > 1) continue;
    // "J. van Gogh", "Y. El-Masry".
    if (found.length === 0 && i > 0 && piece.letters.length > 1 && lexicon.isParticle(piece.letters))
      continue;
    // "Th. Roe", "Ch. Roe".
    const isShort = piece.letters.length === 2 && piece.dot && piece.capital && plain[at] === 'unknown';
    if (
      !(piece.letters.length === 1 || isShort) ||
      piece.measured ||
      next.before === 'comma' ||
      next.before === 'stop'
    )
      break;
    const isRare = plain[at] === 'unknown' && pieces[at]!.letters.length >= shortestRare;
    const isSmall = small && isRare && !words.test(piece.letters);
    const isWritten = piece.capital && (plain[at] === 'unknown' || !/[ai]/.test(piece.letters));
    if (!piece.dot && !isWritten && !isSmall) break;
    found.unshift(i);
  }
  return found;
}
