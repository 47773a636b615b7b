import {
  isAnd,
  isBehindParticle,
  isCommonPart,
  isCutShort,
  isHyphened,
  isInitial,
  isNamelike,
  isParticle,
  mayStandBetween,
  onlyGiven,
  onlyShort,
  piecesBetween,
} from './between.ts';
import { findByEar, findShortByEar } from './by-ear.ts';
import type { Candidates } from './candidates.ts';
import { findForeign, isForeign, isForeignName, mayBeForeign } from './foreign-pairs.ts';
import type { Emit } from './hit.ts';
import type { Lexicon } from './lexicon.ts';
import { hashOfPair } from './multi-map.ts';
import type { Names } from './names.ts';
import { eachOfPair, findCutShort, findNicknames } from './nicknames.ts';
import { isPlace, ofPlaces } from './place-names.ts';
import { findPlainMisspelled } from './plain-pairs.ts';
import type { How, Verdict } from './port.ts';
import type { Piece } from './reading.ts';
import { lettersOf, mayBeMisspelled, soundsLike } from './resemblance.ts';
import { isTitledAtOnce } from './said-of.ts';
import { isLearnt } from './scripts.ts';
import type { Sight } from './sight.ts';

/** How many words may stand between first and last name: "Jane 'The Rock' Mary Roe". */
const farthest = 4;

/** Letters of first and last word together, and of one that says enough. */
const longName = 13;
const longWord = 8;

/** Finds names of which first and last word are there, each in some form: as it is, a nickname, misspelled, or spelled by ear; with middle names,
 * initials or a nickname between. */
export function findPairs(
  sight: Sight,
  candidates: (at: number) => Candidates,
  names: Names,
  lexicon: Lexicon,
  emit: Emit,
): void {
  if (sight.reading.syllables) return;
  const { pieces } = sight;
  for (let first = 0; first < pieces.length - 1; first++) {
    if (pieces[first]!.letters.length < 2) continue;
    for (let last = first + 1; last < Math.min(pieces.length, first + farthest + 1); last++) {
      if (last > first + 1 && !mayStandBetween(sight, last - 1, first, last, lexicon)) break;
      if (pieces[last]!.letters.length < 2 && !isLetterOfName(sight, first, last)) continue;
      // "Brad and Angelina Pitt", but not "dale and hill".
      if (last === first + 2 && isAnd(sight, first + 1)) continue;
      if (!isPlainPair(sight, first, last, lexicon) || isForeign(sight, first))
        comparePair(sight, first, last, candidates, names, lexicon, emit);
      else if (last === first + 1)
        findPlainMisspelled(sight, first, candidates, names, lexicon, (name) =>
          emit({ ...placeOf(sight, first, last), name, verdict: 'review', how: 'spelling' }),
        );
    }
  }
}

/** Whether two words have the same letters in another order: Kirsten and Kristen. */
function isSwapped(one: string, other: string): boolean {
  return one.length > 5 && [...one].sort().join('') === [...other].sort().join('');
}

/** So long a word that is none stands beside an ordinary one for no other reason: "zuckerburg mark". */
function isLong({ plain, pieces }: Sight, at: number): boolean {
  return plain[at] === 'unknown' && pieces[at]!.letters.length >= longWord;
}

/** Two ordinary words without capitals are compared only as they stand, which `whole.ts` does, or with an initial or given names between. */
function isPlainPair(sight: Sight, first: number, last: number, lexicon: Lexicon): boolean {
  const { everyday, capital, pieces } = sight;
  if (!everyday[first] || !everyday[last] || (pieces[first]!.capital && capital[last])) return false;
  if (last === first + 2 && isInitial(sight, pieces[first + 1]!)) return false;
  return !onlyGiven(sight, first, last, lexicon);
}

/** "Kardi B": a name of one letter behind a word that is none. */
function isLetterOfName({ pieces, plain }: Sight, first: number, last: number): boolean {
  return last === first + 1 && plain[first] === 'unknown' && pieces[first]!.capital && pieces[last]!.capital;
}

/** First and last word of what may be a name, and what there is to say of them. */
interface Pair {
  sight: Sight;
  first: number;
  last: number;
  a: Candidates;
  b: Candidates;
  /** Nothing stands between. */
  near: boolean;
  comma: boolean;
  /** The family name is said to stand first: "Roe, Jane", "Roe's Jane". */
  turned: boolean;
  names: Names;
  lexicon: Lexicon;
  tell(name: number, how: How, verdict?: Verdict, place?: { start: number; end: number }): void;
}

function comparePair(
  sight: Sight,
  first: number,
  last: number,
  candidates: (at: number) => Candidates,
  names: Names,
  lexicon: Lexicon,
  emit: Emit,
): void {
  const { pieces } = sight;
  const isCut = pieces[last]!.before === 'stop' && isCutShort(pieces[last - 1]!, pieces[last]!);
  if (betweenIs(sight, first, last - (isCut ? 1 : 0), 'stop')) return;
  const whole = placeOf(sight, first, last);
  const comma = betweenIs(sight, first, last, 'comma');
  const near = last - first === 1;
  const pair: Pair = {
    ...{ sight, first, last, near, comma, names, lexicon },
    ...{ a: candidates(first), b: candidates(last) },
    turned: comma || (near && sight.pieces[first]!.possessive),
    tell: (name, how, verdict = 'review', place = whole) => emit({ ...place, name, verdict, how }),
  };
  if (isCut && near) {
    findCutShort(pieces[first]!.letters, pair.b.exact, names, (name) => pair.tell(name, 'nickname'));
    return;
  }
  findExact(pair);
  // What is not quite the name must stand together.
  if (!standTogether(pair)) return;
  findNicknames(sight, first, last, [pair.a, pair.b], pair.turned, names, lexicon, (name) =>
    pair.tell(name, 'nickname'),
  );
  if (isForeign(sight, first) || isForeign(sight, last)) {
    if (!comma && mayBeForeign(sight, first, last))
      findForeign(sight, first, last, [pair.a, pair.b], names, lexicon, (name, place) =>
        pair.tell(name, 'sound', 'review', place),
      );
    // Another script has no spelling of ours to be mistaken in; of those that were not learnt it says at least how they sound.
    if (![first, last].every((at) => isUnlearnt(sight.pieces[at]!))) return;
  }
  findMisspelled(pair);
}

/** Both words as they are, or without what was added to them. */
function findExact({ sight, first, last, a, b, near, comma, names, lexicon, tell }: Pair): void {
  for (const x of a.exact)
    for (const y of b.exact)
      eachOfPair(names, x, y, (name, forward, full) => {
        if (!forward && !comma) {
          // "Eszternek" of "Vadkerti Eszternek" and "Roe's" of "Roe's Jane"; as they stand they are found whole.
          if (full && near && !isLow(sight, first) && !isLow(sight, last)) tell(name, 'order');
        } else if (!full) {
          // Of three words two that are more than given names: "García Márquez".
          if (!near || comma) return;
          if (!isCommonPart(sight, first, last)) tell(name, 'middle');
          else if (isTitledAtOnce(sight, first, lexicon)) tell(name, 'surname');
        } else if (!near) {
          if (forward && comma) return;
          const short = onlyShort(sight, first, last, lexicon);
          const plain = sight.everyday[first] && sight.everyday[last];
          if (plain && !short && !onlyGiven(sight, first, last, lexicon)) return;
          // "rose c. garden" may be one.
          const sure = short && !comma && !(plain && isLow(sight, last));
          tell(name, 'middle', sure ? 'block' : 'review');
        } else if (!isLow(sight, first) && !isLow(sight, last)) {
          // As they stand they are found whole; here with what was added to them, "Janes Roes".
          tell(name, 'spelling');
        }
      });
}

function standTogether({ sight, first, last, b, near, names, lexicon }: Pair): boolean {
  if (sight.pieces[first]!.possessive && !near) return false;
  if (b.exact.length === 0 && isPlace(sight, last, names)) return false;
  if (near) return true;
  const between = piecesBetween(sight, first, last);
  const isPart = ({ letters }: Piece) =>
    names.vocabulary.id(letters) !== -1 && lexicon.plainness(letters) !== 'common';
  if (between.every((piece) => isParticle(piece, lexicon) || isInitial(sight, piece) || isPart(piece)))
    return true;
  if (last - first === 3 && isBehindParticle(sight, last - 1, first, lexicon)) return true;
  return (
    last - first === 2 &&
    (isNamelike(sight, first + 1, lexicon) || isForeignName(sight, first + 1) || isHyphened(sight, first + 1))
  );
}

/** "Schwarzeneger Arnold": so long a name stands in this order for no other reason, nor does one with digits in it, "S1ddiki 1mran". */
function isReversible({ sight, first, last, near, turned }: Pair): boolean {
  const isOdd = sight.reading.disguise && [first, last].every((at) => sight.pieces[at]!.odd);
  return near && !turned && (isOdd || lettersOf(sight, first, last) >= longName);
}

/** Words of which one, or in long names each, is not spelled as the name is. */
function findMisspelled(pair: Pair): void {
  const { sight, first, last, a, b, near, turned, names, lexicon } = pair;
  // "Hong Kong".
  const isOther = (at: number) => sight.plain[at] === 'named' || sight.isWordAbroad(at);
  if (isOther(first) && isOther(last) && sight.pieces[last]!.before === 'space') return;
  const { vocabulary } = names;
  const mayBeReversed = isReversible(pair);
  const isPlain = sight.everyday[first] || sight.everyday[last];
  const compare = (xs: readonly number[], ys: readonly number[], wrong?: number) => {
    const isReversed = mayBeReversed && (!isPlain || (wrong !== undefined && isLong(sight, wrong)));
    for (const x of xs)
      for (const y of ys)
        eachOfPair(names, x, y, (name, forward, full) => {
          if (full && (forward !== turned || isReversed) && (!turned || near)) pair.tell(name, 'spelling');
        });
  };
  // Only what may be a misspelling is looked up as one: that spares most of the work among a million names.
  const forms = [...a.exact, ...a.nick];
  const beside = forms.filter((x) => mayBeMisspelled(sight, last, vocabulary.uses(x), first));
  // A name that many bear is no misspelling of another: Carter is no Carney.
  const errors = (at: number, candidates: Candidates) => {
    const { letters } = sight.pieces[at]!;
    if (lexicon.isFamily(letters) || (at === last && isPlace(sight, last, names))) return [];
    if (at === last && !near && isLow(sight, last)) return [];
    if (!lexicon.isGiven(letters)) return candidates.near();
    return [candidates.near()[0].filter((id) => isSwapped(letters, vocabulary.text(id)))];
  };
  if (beside.length > 0) for (const ids of errors(last, b)) compare(beside, ids, last);
  const behind = turned || mayBeReversed ? [...b.exact, ...b.nick] : b.exact;
  const before = behind.filter((y) => mayBeMisspelled(sight, first, vocabulary.uses(y), last));
  if (before.length > 0) for (const ids of errors(first, a)) compare(ids, before, first);
  const unsure =
    mayBeMisspelled(sight, first, Infinity, last) && mayBeMisspelled(sight, last, Infinity, first);
  if (unsure) compare(a.near()[0], b.near()[0]);
  // Each script spells in its own way: in long names more errors are none.
  if (isUnlearnt(sight.pieces[first]!) && lettersOf(sight, first, last) >= longName)
    compare(a.near().flat(), b.near().flat());
  if (ofPlaces.test(sight.pieces[first]!.letters)) return;
  const isWordAlone =
    (isLow(sight, last) && beside.length === 0) ||
    (isLow(sight, first) && before.length === 0 && !sight.pieces[first]!.capital);
  if (!isWordAlone) findSounding(pair);
  else if (near && !turned)
    findByEar(sight, first, last, [a, b], names, lexicon, (name) => pair.tell(name, 'sound'));
}

/** Words that sound like the name. */
function findSounding(pair: Pair): void {
  const { sight, first, last, a, b, near, turned, names, lexicon, tell } = pair;
  const isParted =
    last - first === 2 && isNamelike(sight, first + 1, lexicon) && (a.exact.length > 0 || b.exact.length > 0);
  const particles =
    piecesBetween(sight, first, last).every((piece) => isParticle(piece, lexicon)) ||
    (last - first === 3 && isBehindParticle(sight, last - 1, first, lexicon));
  if (near || isParted || particles) {
    const [one, other] = turned ? ([last, first] as const) : ([first, last] as const);
    const heard = turned ? ([b, a] as const) : ([a, b] as const);
    const found = (name: number) => tell(name, 'sound');
    findByEar(sight, one, other, heard, names, lexicon, found);
    if (isReversible(pair)) findByEar(sight, last, first, [b, a], names, lexicon, found);
    findShortByEar(sight, one, other, heard[0].nick, heard[1], names, lexicon, found);
  }
  if (turned) return;
  for (const x of a.sounds())
    for (const y of b.sounds()) {
      const hash = hashOfPair(x, y);
      for (let entry = names.sounds.first(hash); entry !== -1; entry = names.sounds.next(entry)) {
        const name = names.sounds.value(entry);
        if (names.isAlive(name) && soundsLike(sight, first, last, [a, b], name, names)) tell(name, 'sound');
      }
    }
}

/** An ordinary word, written as one. */
function isLow({ everyday, capital, pieces }: Sight, at: number): boolean {
  return everyday[at]! && !capital[at] && !pieces[at]!.abjad;
}

/** Of a script of which no spelling was learnt. */
function isUnlearnt({ native }: Piece): boolean {
  return native !== '' && !isLearnt(native);
}

function betweenIs(sight: Sight, first: number, last: number, gap: string): boolean {
  return sight.pieces.slice(first + 1, last + 1).some(({ before }) => before === gap);
}

function placeOf({ pieces }: Sight, first: number, last: number): { start: number; end: number } {
  const { ends, possessive } = pieces[last]!;
  return { start: pieces[first]!.starts[0]!, end: ends[ends.length - 1 - (possessive ? 1 : 0)]! };
}
