import { Classes } from './classes.ts';
import { clear, isHeard, mayBeHeard, ratherClear, swapped, unsurestAmong, unsurestFew } from './enough.ts';
import type { Heard, Way } from './heard.ts';
import { hashOfPair, type MultiMap } from './multi-map.ts';
import type { Names } from './names.ts';

/** Tells of a name, and which word of it each of two words is. */
type Tell = (name: number, word: number, next: number) => void;

/** Finds names that two words are as they are heard, with the family name first only where more speaks for them: those that have the consonants that are likeliest, and among few names also
 * those that only begin with them, since any consonant behind may not be written, where each word is heard clearly. What does not stand `together` must be heard clearly, too, and in
 * its order. Where `mayEase`, one that is sure makes less enough of the other; where there is a `share`, each must come to that part of what it can, 0 to 1. */
export function findHeard(
  one: Heard,
  other: Heard,
  least: number,
  names: Names,
  tell: Tell,
  { together = true, mayEase = false, share = 0 } = {},
): void {
  if (one.most + other.most < least) return;
  look(one, other, least, names, tell, {
    index: names.foreign,
    keyOf: (word) => names.classesOf(word),
    waysOf: (heard) => heard.classes(),
    share: together ? share : ratherClear,
    mayEase: together && mayEase && names.areFew,
    unsurest: unsurestAmong(names.size),
    mayBeSwapped: together,
  });
  if (together && names.areFew)
    look(one, other, least, names, tell, {
      index: names.foreignFew,
      keyOf: (word) => Classes.first(names.classesOf(word)),
      waysOf: (heard) => heard.firsts(),
      share: Math.max(clear, share),
      mayEase,
      unsurest: unsurestFew,
      mayBeSwapped: true,
    });
}

/** How names are looked up by what is heard. */
interface Look {
  index: MultiMap;
  keyOf(word: number): number;
  waysOf(heard: Heard): readonly Way[];
  /** How much of what a word can come to must speak for a name, and how unsure two may be. */
  share: number;
  unsurest: number;
  mayEase: boolean;
  /** Whether the family name may stand first. */
  mayBeSwapped: boolean;
}

function look(one: Heard, other: Heard, least: number, names: Names, tell: Tell, how: Look): void {
  const { index, keyOf, waysOf, share, unsurest, mayEase, mayBeSwapped } = how;
  const { vocabulary } = names;
  const areHeard = (word: number, next: number, enough: number, ease = false) =>
    isHeard(one, word, other, next, enough, share, ease);
  const compare = (entry: number, x: number, y: number) => {
    const [w0, wn] = [index.note(entry, 0), index.note(entry, 1)];
    if (!mayBeHeard(one, vocabulary.maskOf(w0), other, vocabulary.maskOf(wn), least, share, mayEase)) return;
    const [k0, kn] = [keyOf(w0), keyOf(wn)];
    const name = index.value(entry);
    if (k0 === x && kn === y && areHeard(w0, wn, least, mayEase)) {
      if (names.isAlive(name)) tell(name, w0, wn);
    } else if (mayBeSwapped && kn === x && k0 === y && areHeard(wn, w0, least + swapped)) {
      // Official papers put the family name first.
      if (names.isAlive(name)) tell(name, wn, w0);
    }
  };
  for (const [x, unsure, mostX] of waysOf(one))
    for (const [y, more, mostY] of waysOf(other)) {
      if (unsure + more > unsurest) break;
      if (mostX + mostY < least) continue;
      const hash = hashOfPair(x, y);
      for (let entry = index.first(hash); entry !== -1; entry = index.next(entry)) compare(entry, x, y);
    }
}
