import { beWord, common, ofSingle } from './by-ear.ts';
import type { Candidates } from './candidates.ts';
import { leastByEar } from './enough.ts';
import { type Heard, hear, readAs } from './heard.ts';
import { findHeard } from './heard-pairs.ts';
import { findHeardSingle } from './heard-single.ts';
import { asWritten } from './inflections.ts';
import type { Lexicon } from './lexicon.ts';
import type { Names } from './names.ts';
import type { Sight } from './sight.ts';
import { isStrange, isWrittenAsName, shortest, standingOf } from './standing.ts';

/** What it takes more to hear pieces as one word, in nats. */
const joining = 2;

/** Letters of such a word. */
const shortestJoined = 5;
const longestJoined = 18;

/** Syllables of one. */
const mostSyllables = 5;

/** Pieces that may be one word. */
type Span = readonly [from: number, to: number];

/** Adds names whose words were written by ear in several: "Arnold Shwortsa Negger", by the syllable "Key-ah-noo Reeves". */
export function findJoinedByEar(
  sight: Sight,
  candidates: (at: number) => Candidates,
  names: Names,
  lexicon: Lexicon,
  emit: (name: number, first: number, last: number) => void,
): void {
  const { pieces, reading } = sight;
  if (reading.syllables) return;
  const known = new Map<number, Heard>();
  const heardAs = ([from, to]: Span): Heard => {
    if (from === to) return candidates(from).byEar();
    const key = from * pieces.length + to;
    const letters = pieces.slice(from, to + 1).map((piece) => piece.letters);
    const heard = known.get(key) ?? hear(asWritten([letters.join('')]), names, lexicon);
    known.set(key, heard);
    return heard;
  };
  const compare = (a: Span, b: Span) => {
    const spans = [a, b];
    const words = spans.filter((span) => !mayBeName(sight, span, names, lexicon));
    const isOrdinary = words.length > 0;
    if (
      isOrdinary &&
      !(words.length === 1 && mayStandBeside(sight, words[0]!, words[0] === a ? b : a, names))
    )
      return;
    if (!spans.some((span) => isAnyStrange(sight, span, lexicon))) return;
    const least = leastByEar(names.size) + (isOrdinary ? common : joining);
    // "Crum-psul, Nay-than".
    const isTurned = pieces[b[0]]!.before === 'comma';
    const [one, other] = isTurned ? [b, a] : [a, b];
    const found = (name: number) => emit(name, a[0], b[1]);
    const near = b[0] === a[1] + 1;
    const how = isOrdinary ? { share: beWord } : { mayEase: near };
    findHeard(heardAs(one), heardAs(other), least, names, found, how);
    if (isOrdinary) return;
    const short = one[0] === one[1] && names.areFew ? candidates(one[0]).nick : [];
    if (short.length > 0) findHeard(readAs(short, names), heardAs(other), least, names, found);
  };
  const spans = spansOf(sight);
  spans.forEach((span, at) => {
    const next = spans[at + 1];
    if (span[1] > span[0] && names.hasSingle && isSpelledByEar(sight, span, lexicon))
      findHeardSingle(heardAs(span), ofSingle, names, (name) => emit(name, ...span));
    if (next === undefined || !/^(?:space|comma)$/.test(pieces[next[0]]!.before)) return;
    if (span[1] > span[0] || next[1] > next[0]) compare(span, next);
    const third = spans[at + 2];
    if (pieces[next[0]]!.before === 'comma' || third === undefined || pieces[third[0]]!.before !== 'space')
      return;
    // "Gee-yair-mo del Torro".
    const [from, to] = next;
    if (from === to && lexicon.isParticle(pieces[from]!.letters)) compare(span, third);
    const isOne = (each: Span) => each[0] === each[1];
    // Among many names only what is strange itself is put together.
    const may = (a: Span, b: Span) =>
      isOne(a) && isOne(b) && (names.areFew || [a, b].some(([at]) => isStrange(sight, at, lexicon)));
    if (may(next, third)) compare(span, [from, third[1]]);
    if (may(span, next)) compare([span[0], to], third);
  });
}

function mayBeName(sight: Sight, span: Span, names: Names, lexicon: Lexicon): boolean {
  if (span[0] !== span[1]) return isWord(sight, span);
  return /^(?:name|part)$/.test(standingOf(sight, span[0], names, lexicon));
}

/** Whether any word may be a word of a name beside syllables that hyphens join and that are no words: "nuh-rendra moady", "Gall Guh-dote". */
function mayStandBeside(sight: Sight, [from, to]: Span, other: Span, names: Names): boolean {
  const { letters, native, measured, capital } = sight.pieces[from]!;
  if (from !== to || native !== '' || measured || letters.length <= shortest) return false;
  if (sight.everyday[from] && !sight.small && (!capital || sight.headline)) return false;
  const isNoWord = sight.everyday.slice(other[0], other[1] + 1).includes(false);
  return names.areFew && isHyphened(sight, ...other) && isNoWord && isWord(sight, other);
}

/** Pieces, and those that hyphens join as one. */
function spansOf({ pieces }: Sight): Span[] {
  const found: [number, number][] = [];
  pieces.forEach(({ before, native }, at) => {
    const last = found.at(-1);
    const isJoined =
      last !== undefined && before === 'joint' && native === '' && at - last[0] < mostSyllables;
    if (isJoined) last[1] = at;
    else found.push([at, at]);
  });
  return found;
}

/** Written as a name, and long enough. */
function isWord(sight: Sight, [from, to]: Span): boolean {
  const { pieces } = sight;
  if (from === to) return isWrittenAsName(sight, from);
  const parts = pieces.slice(from, to + 1);
  const length = parts.reduce((sum, { letters }) => sum + letters.length, 0);
  if (length < shortestJoined || length > longestJoined) return false;
  if (parts.some(({ native, measured }) => native !== '' || measured)) return false;
  if (
    pieces[to]!.before === 'space' &&
    [from, to].every((at) => sight.everyday[at] || sight.isWordAbroad(at))
  )
    return false;
  return sight.small || isHyphened(sight, from, to) || pieces[from]!.capital || pieces[from]!.capitals;
}

/** Whether hyphens join its syllables: nobody writes a word so. */
function isHyphened({ pieces }: Sight, from: number, to: number): boolean {
  return to > from && pieces[to]!.before === 'joint';
}

function isSpelledByEar(sight: Sight, span: Span, lexicon: Lexicon): boolean {
  const syllables = span[1] - span[0] + 1;
  return isWord(sight, span) && (syllables > 2 || isAnyStrange(sight, span, lexicon));
}

function isUnknown(letters: readonly string[], lexicon: Lexicon): boolean {
  return lexicon.plainness(letters.join('')) === 'unknown';
}

/** Whether anything of it is no word, or all of it where each syllable is one: "em-bah-pay". */
function isAnyStrange(sight: Sight, [from, to]: Span, lexicon: Lexicon): boolean {
  const letters = sight.pieces.slice(from, to + 1).map((piece) => piece.letters);
  const isWritten = sight.small || sight.pieces[from]!.capital;
  if (isHyphened(sight, from, to) && (to - from > 1 || isWritten) && isUnknown(letters, lexicon)) return true;
  for (let at = from; at <= to; at++)
    if (sight.pieces[at]!.letters.length >= shortest && isStrange(sight, at, lexicon)) return true;
  return false;
}
