import { isShown } from './epithet.ts';
import type { Lexicon } from './lexicon.ts';
import type { Names } from './names.ts';
import type { Verdict } from './port.ts';
import { isEveryday, type Sight } from './sight.ts';
import { isNamedForSomebody, isQuality } from './something-else.ts';
import { determiners, isOnStage } from './stage-name.ts';
import { isNoQuality, type Support, supportFor } from './support.ts';

/** Initials that nobody reads as a word: JFK, SRK. */
const initials = /^[bcdfghjklmnpqrstvwxz]{3,4}$/;

/** Letters of a name that is written in capitals, and is no abbreviation. */
const shortest = 4;

/** Letters of what is much else: "400 IU". */
const initialsOnly = 2;

/** A name of one word: "Beyoncé" is nobody else, "Prince" and "Drake" need to be told. */
export function judgeSingle(
  sight: Sight,
  at: number,
  form: string,
  name: number,
  names: Names,
  lexicon: Lexicon,
): Verdict | null {
  const plainness = lexicon.plainness(form);
  const piece = sight.pieces[at]!;
  const only = sight.pieces.length === 1;
  const first = names.isFirst(name);
  const written = !sight.headline && (piece.capital || piece.capitals);
  const named = isNamedForSomebody(sight, at, lexicon);
  // "JFK Airport" and "a Napoleon cake".
  if (named && !first && (plainness !== 'unknown' || initials.test(form))) return null;
  // In small letters "a madonna statue" is as likely as "madonna on stage": somebody decides.
  if (plainness === 'unknown' && form.length > 4)
    return !named && (only || (names.isPublic(name) && written)) ? 'block' : 'review';
  if (only) {
    if (plainness === 'unknown') return 'block';
    if (plainness === 'given') return first ? 'block' : 'review';
    // What people call a clip: `AS pink`.
    return written ? 'review' : null;
  }
  // "A photo of adele", and not "of adele rossi".
  if (plainness === 'given' && first && isShown(sight, at) && isLast(sight, at)) return 'review';
  if (form === piece.letters.slice(0, form.length) && isOnStage(sight, at, name, names, lexicon))
    return 'review';
  const support = supportFor(sight, at, name, names);
  if (plainness === 'unknown') {
    // In small letters a short word that nobody knows is one of another language, where its neighbours are too.
    const small = sight.small && piece.native === '' && (initials.test(form) || isAmongKnown(sight, at));
    return support !== 'none' ||
      (written && form.length > initialsOnly) ||
      (small && !isQuality(sight, at, lexicon))
      ? 'review'
      : null;
  }
  if (isToldWithout(sight, at, form, name, support, names, lexicon)) return 'review';
  const isTelling = first || (piece.native === '' && !lexicon.isCommonGiven(form));
  if (plainness === 'given' && isTelling && isAloneAsName(sight, at, lexicon)) return 'review';
  if (plainness === 'given')
    return support === 'specific' || support === 'next' || (first && support === 'beside') ? 'review' : null;
  if (support === 'specific' || support === 'beside' || support === 'next') return written ? 'review' : null;
  if (support !== 'noun' || plainness === 'named') return null;
  // "Sting plays a lute, once a singer": at the beginning its capital says nothing.
  return sight.capital[at] || (written && first && isNoQuality(sight, at)) ? 'review' : null;
}

/** Whether nearly all others are words. */
function isAmongKnown({ plain, pieces }: Sight, at: number): boolean {
  const others = plain.filter((plainness, other) => other !== at && !isEveryday(plainness)).length;
  // "Bono fide", "modi operandi".
  return pieces.length > 2 && others <= 1 && isEveryday(plain[at + 1] ?? 'common');
}

/** Whether the words that go on behind it, if any, are about it. */
function isLast({ pieces, plain }: Sight, at: number): boolean {
  const next = pieces[at + 1];
  return next === undefined || next.before !== 'space' || isEveryday(plain[at + 1]!);
}

/** Written as a name, with no other beside it: "Adele's voice", and not "Adele Rossi" or "Auntie Adele". */
function isAloneAsName({ pieces, headline }: Sight, at: number, lexicon: Lexicon): boolean {
  const [before, piece, next] = [pieces[at - 1], pieces[at]!, pieces[at + 1]];
  if (headline || !(piece.capital || (piece.capitals && piece.letters.length >= shortest))) return false;
  const isName = (other: typeof next) => other !== undefined && (other.capital || other.capitals);
  if (next?.before === 'space' && isName(next)) return false;
  if (before === undefined || piece.before === 'stop') return true;
  return (
    !lexicon.isAddress(before.letters) && !lexicon.isTitle(before.letters) && !lexicon.isGiven(before.letters)
  );
}

/** Whether the text says of a word without a capital that it is somebody: "ye the rapper", "rapper ye", "becks at old trafford", and not "a prince" or "pink hair". */
function isToldWithout(
  sight: Sight,
  at: number,
  form: string,
  name: number,
  support: Support,
  names: Names,
  lexicon: Lexicon,
): boolean {
  const { pieces } = sight;
  const [before, piece, article] = [pieces[at - 1], pieces[at]!, pieces[at + 1]];
  if (form !== piece.letters && !piece.possessive) return false;
  if (before && piece.before === 'space' && determiners.test(before.letters)) return false;
  const role = article?.letters === 'the' ? sight.context(at).nounsAt.get(at + 2) : undefined;
  if (role && names.hasContext(name, role)) return true;
  if (support === 'next') return !isQuality(sight, at, lexicon);
  return sight.small && support === 'specific' && at === 0 && !isQuality(sight, at, lexicon);
}
