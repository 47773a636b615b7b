import type { Heard } from './heard.ts';
import { isAbjad, type Script } from './scripts.ts';
import type { Sight } from './sight.ts';
import { impossible } from './transliteration.ts';

/** How much must speak for each word of a name, and for both, in nats. */
const each = 2;
const both = 8;

/** What more it takes: where no capitals say that both are names, for each ordinary word, for the family name first, and for a word between. Arabic and Hebrew leave out most of
 * what there is to hear. */
const small = 3;
const smallWithoutVowels = 1;
const common = 4;
export const swapped = 3;
const apart = 2;

/** Names among which a pair of words is looked up without asking for more, and how much more it takes for each e times as many: chance finds as many more. */
const few = 1000;
const growth = 1.5;

/** How unsure two words may be read to be looked up, in nats; among many names each reading finds many, and only the surest are. */
const unsurest = 12;
const unsurestFalls = 1.65;

/** The same where all that begin alike are compared. */
export const unsurestFew = 4;

/** How many e times more names there are than few. */
function times(size: number): number {
  return Math.log(Math.max(size, few) / few);
}

/** How unsure two words may be read to be looked up among so many names. */
export function unsurestAmong(size: number): number {
  return unsurest - unsurestFalls * times(size);
}

/** How much of what a word can come to must speak for a name, 0 to 1: of a long word some letters fit most names, and the more so the more names there are. Less where vowels are written
 * by some languages alone, as by Persian and Yiddish. */
const share = 0.4;
const shareWithoutVowels = 0.25;
const shareGrows = 0.03;

/** The same among so many names. */
export function shareOf(script: Script, size: number): number {
  return (isAbjad(script) ? shareWithoutVowels : share) + shareGrows * times(size);
}

/** What must speak for two words together, among so many names. */
export function leastEvidence(sight: Sight, first: number, last: number, size: number): number {
  const inSmall = sight.pieces[first]!.abjad ? smallWithoutVowels : small;
  const ordinary = [first, last].filter((at) => sight.everyday[at]).length;
  return (
    both +
    growth * times(size) +
    (areCapital(sight, first, last) ? 0 : inSmall) +
    common * ordinary +
    (last - first > 1 ? apart : 0)
  );
}

/** Whether two words are heard, each enough and both together. */
export function isHeard(
  one: Heard,
  word: number,
  other: Heard,
  next: number,
  least: number,
  share = 0,
  mayEase = false,
): boolean {
  const first = one.as(word, Math.max(each, least - other.most), share);
  if (first !== impossible && other.as(next, Math.max(each, least - first), share) !== impossible)
    return true;
  return mayEase && (isSure(one, word, other, next, least) || isSure(other, next, one, word, least));
}

/** How much of what it can come to a word says that is heard surely, or in how many nats less of it, and what is asked then of the other: a part of what else is, and so many nats. */
const sure = 0.85;
const ratherSure = 0.6;
const many = 20;
const eased = 0.35;
const eachEased = 4;

/** What must speak for a word that is sure, in nats. */
function surely({ most }: Heard): number {
  return Math.min(sure * most, Math.max(many, ratherSure * most));
}

/** Whether one of two words is sure, so that less is asked of the other: "Rafe Witmoor". */
function isSure(one: Heard, word: number, other: Heard, next: number, least: number): boolean {
  const first = one.as(word, surely(one));
  return first !== impossible && other.as(next, Math.max(eachEased, least - first), 0, eased) !== impossible;
}

/** How much of what a word can come to must speak for a name that does not have the consonants that are likeliest, and of one that does not stand together. */
export const clear = 0.6;
export const ratherClear = 0.45;

/** Whether two words may be heard at all as a name whose words have these letters (`maskOf`), in either order. */
export function mayBeHeard(
  one: Heard,
  first: number,
  other: Heard,
  last: number,
  least: number,
  share = 0,
  mayEase = false,
): boolean {
  return (
    areEnough(one.mostFor(first, share), other.mostFor(last, share), least) ||
    areEnough(one.mostFor(last, share), other.mostFor(first, share), least + swapped) ||
    (mayEase && (mayBeSure(one, first, other, last, least) || mayBeSure(other, last, one, first, least)))
  );
}

/** The same where one is sure. */
function mayBeSure(one: Heard, letters: number, other: Heard, next: number, least: number): boolean {
  const first = one.mostFor(letters);
  if (first < surely(one)) return false;
  const last = other.mostFor(next, 0, eased);
  return last >= eachEased && first + last >= least;
}

function areEnough(first: number, last: number, least: number): boolean {
  return first >= each && last >= each && first + last >= least;
}

/** Whether capitals say of both that they may be names. */
export function areCapital({ pieces }: Sight, first: number, last: number): boolean {
  return [pieces[first]!, pieces[last]!].every(({ capital, capitals }) => capital || capitals);
}

/** What must speak for a name of one word, in nats. */
const alone = 14;

/** What must speak for two words that are written by ear, in nats: letters of ours have more names to say. */
const byEar = 13;

/** The same among so many names. */
export function leastByEar(size: number): number {
  return byEar + growth * times(size);
}

/** What must speak for a name of one word, among so many names. */
export function leastAlone(size: number): number {
  return alone + growth * times(size);
}
