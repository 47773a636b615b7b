import { initialedBy } from './bearers.ts';
import { Classes } from './classes.ts';
import { contextsOf, isOwn } from './context.ts';
import { TooMuchToRead, unbounded } from './effort.ts';
import { formsOfName } from './epithet-forms.ts';
import type { Placed } from './glyphs.ts';
import type { Lexicon } from './lexicon.ts';
import { bytes8, hashOf, hashOfPair, MultiMap, mixed, Numbers, words32 } from './multi-map.ts';
import { latin, type NameForm } from './name-forms.ts';
import { initialsOf, isSaid, lastAt, pairsOf, shortest, wholes } from './orders.ts';
import type { PersonNames } from './port.ts';
import { skeletonHash } from './skeleton.ts';
import { respelled, soundsOf } from './sound.ts';
import { Vocabulary } from './vocabulary.ts';

/** A name as rows of numbers, and the ways that lead to it. Everything stands in typed arrays: a million names are some hundred megabytes that
 * nobody has to walk through. What is removed is marked, and its place is not used again. */
export class Names {
  /** What may still be looked up in all of it; `find` sets it. */
  readonly effort = unbounded();
  readonly vocabulary = new Vocabulary(this.effort);
  /** Hash of all letters of a name, in either order → name. */
  readonly whole = new MultiMap(this.effort);
  /** First and last word → name. */
  readonly pairs = new MultiMap(this.effort);
  /** What first and last word sound like → name. */
  readonly sounds = new MultiMap(this.effort);
  /** What first and last word, or the only one, may be in another script → name; noted are both. */
  readonly foreign = new MultiMap(this.effort, { notes: 2 });
  /** The same by the first consonant of each, while there are few names. */
  readonly foreignFew = new MultiMap(this.effort, { notes: 2 });
  /** The only word → name. */
  readonly single = new MultiMap(this.effort);
  /** Whether anybody is called by one word. */
  hasSingle = false;
  /** First or last word, or initials, and something that the person is known for → name: nobody else need be looked at. */
  readonly supported = new MultiMap(this.effort);
  /** First letter and last word → name. */
  readonly initialed = new MultiMap(this.effort);

  readonly #words = new Numbers(words32);
  readonly #starts = new Numbers(words32);
  readonly #persons = new Numbers(words32);
  readonly #native = new Map<number, string>();
  readonly #ours = new Map<number, number>();
  #heard = 0;

  readonly #knownContexts = new Set<number>();
  readonly #classes: number[] = [];
  readonly #spelled: string[] = [];
  readonly #codes: (readonly number[])[] = [];
  readonly #ids: string[] = [];
  readonly #alive = new Numbers(bytes8);
  readonly #contexts = new Numbers(words32);
  readonly #contextStarts = new Numbers(words32);
  readonly #personOf = new Map<string, number>();
  readonly #glyphs: (text: string) => Placed[];
  readonly #lexicon: Lexicon;

  constructor(lexicon: Lexicon, glyphs: (text: string) => Placed[]) {
    this.#lexicon = lexicon;
    this.#glyphs = glyphs;
    this.#starts.push(0);
    this.#contextStarts.push(0);
  }

  get size(): number {
    return this.#personOf.size;
  }

  /** Of the typed arrays; ids and the map of them come on top. */
  get bytes(): number {
    const maps = [
      ...[this.whole, this.pairs, this.sounds, this.foreign],
      ...[this.foreignFew, this.single, this.supported, this.initialed],
    ];
    const numbers = [
      this.#words,
      this.#starts,
      this.#persons,
      this.#alive,
      this.#contexts,
      this.#contextStarts,
    ];
    return (
      this.vocabulary.bytes +
      maps.reduce((sum, map) => sum + map.bytes, 0) +
      numbers.reduce((sum, array) => sum + array.data.byteLength, 0)
    );
  }

  add(person: PersonNames): void {
    this.remove(person.id);
    const index = this.#ids.push(person.id) - 1;
    this.#personOf.set(person.id, index);
    this.#alive.push(person.kind === 'public figure' ? 2 : 1);
    // What they are called says nothing about what they are known for: "Armani" of Giorgio Armani.
    const own = person.names.map((name) => name.toLowerCase());
    const context = (person.context ?? []).filter((phrase) => !isOwn(phrase.toLowerCase(), own));
    const hashes = contextsOf(context, this.#glyphs, this.#lexicon);
    for (const hash of hashes) {
      this.#contexts.push(hash);
      this.#knownContexts.add(hash);
    }
    this.#contextStarts.push(this.#contexts.length);
    // What other scripts make of a name is compared with our spelling of it, or with theirs where there is none.
    const ours = person.names.some((name) => latin.test(name));
    const told = { pairs: new Set<number>(), whole: new Set<number>() };
    const first = this.#persons.length;
    for (const name of person.names)
      for (const form of formsOfName(name, person.names, this.#glyphs, this.#lexicon)) {
        const translated = ours && !latin.test(name);
        if (translated && latin.test(person.names[0]!)) this.#ours.set(this.#persons.length, first);
        this.#addForm(
          index,
          translated ? { ...form, spelled: false } : form,
          translated ? none : hashes,
          told,
        );
      }
  }

  remove(id: string): void {
    const index = this.#personOf.get(id);
    if (index === undefined) return;
    this.#alive.data[index] = 0;
    this.#ids[index] = '';
    this.#personOf.delete(id);
  }

  /** Whether all that begin alike can be compared with what is heard. */
  get areFew(): boolean {
    return this.#heard < few;
  }

  /** Takes some of what may still be looked up. */
  spend(units: number): void {
    this.effort.left -= units;
    if (this.effort.left < 0) throw new TooMuchToRead();
  }

  /** False for who was removed. */
  isAlive(name: number): boolean {
    return this.#alive.data[this.#persons.data[name]!] !== 0;
  }

  isPublic(name: number): boolean {
    return this.#alive.data[this.#persons.data[name]!] === 2;
  }

  personOf(name: number): string {
    return this.#ids[this.#persons.data[name]!]!;
  }

  /** How many words a name has. */
  lengthOf(name: number): number {
    return this.#starts.data[name + 1]! - this.#starts.data[name]!;
  }

  wordOf(name: number, at: number): number {
    return this.#words.data[this.#starts.data[name]! + at]!;
  }

  /** Where the word stands that counts as the last one: the syllable behind it in "Kim Jong Un" is too short to be compared alone. */
  lastAt(name: number): number {
    let last = this.lengthOf(name) - 1;
    while (last > 1 && this.vocabulary.lengthOf(this.wordOf(name, last)) < shortest) last--;
    return last;
  }

  /** Whether a word is a family name in it: the last, or the first of two. */
  isFamily(name: number, word: number): boolean {
    for (let at = this.lastAt(name); at > 0; at--) if (this.wordOf(name, at) === word) return true;
    return false;
  }

  wordsOf(name: number): string[] {
    return Array.from({ length: this.lengthOf(name) }, (_, at) =>
      this.vocabulary.text(this.wordOf(name, at)),
    );
  }

  /** How we write the name of who has this one in another script; else the name itself. */
  oursOf(name: number): number {
    return this.#ours.get(name) ?? name;
  }

  /** A name in a script without spaces, as it is written. */
  nativeOf(name: number): string | undefined {
    return this.#native.get(name);
  }

  /** Whether it is how the person is registered, and not what they are called besides. */
  isFirst(name: number): boolean {
    return name === 0 || this.#persons.data[name] !== this.#persons.data[name - 1];
  }

  /** Whether any of what the person is known for is in a set of hashes. */
  hasContext(name: number, hashes: { has(hash: number): boolean }): boolean {
    const person = this.#persons.data[name]!;
    const end = this.#contextStarts.data[person + 1]!;
    for (let i = this.#contextStarts.data[person]!; i < end; i++)
      if (hashes.has(this.#contexts.data[i]!)) return true;
    return false;
  }

  /** Whether anybody is known for what the hash says. */
  isContext(hash: number): boolean {
    return this.#knownContexts.has(hash);
  }

  /** A word as it is spelled by ear; kept once it was asked for. */
  spelledOf(word: number): string {
    this.#spelled[word] ??= respelled(this.vocabulary.text(word));
    return this.#spelled[word];
  }

  /** The consonants of a word, by which other scripts find it; kept, since given names come often. */
  classesOf(word: number): number {
    this.#classes[word] ??= Classes.of(this.vocabulary.text(word));
    return this.#classes[word];
  }

  #addForeign(name: number, first: number, last: number): void {
    const [x, y] = [this.classesOf(first), this.classesOf(last)];
    this.foreign.add(hashOfPair(x, y), name, first, last);
    this.#heard++;
    if (this.areFew) this.foreignFew.add(hashOfPair(Classes.first(x), Classes.first(y)), name, first, last);
  }

  /** Hashes of what a word sounds like; kept, since given names come often. */
  #codesOf(word: number): readonly number[] {
    this.#codes[word] ??= soundsOf(this.vocabulary.text(word)).map(hashOf);
    return this.#codes[word];
  }

  #addForm(
    person: number,
    { words, compared, spelled, native, isEpithet }: NameForm,
    contexts: ReadonlySet<number>,
    told: { pairs: Set<number>; whole: Set<number> },
  ): void {
    const name = this.#persons.push(person);
    const ids = words.map((word) => this.vocabulary.add(word));
    for (const id of ids) this.#words.push(id);
    this.#starts.push(this.#words.length);
    if (native !== undefined) this.#native.set(name, native);
    for (const whole of wholes(words)) {
      const hash = skeletonHash(whole);
      // What is written otherwise may be said the same: 成龙, 成龍.
      if (native !== undefined || !told.whole.has(hash)) this.whole.add(hash, name);
      told.whole.add(hash);
    }
    const last = lastAt(words);
    // Nobody is called "leonardo di caprio" for short, but L.D.C.
    const parts = isEpithet || words[0] === 'the' ? [] : initialsOf(words).map(hashOf);
    if (compared && last > 0) parts.push(ids[0]!, ids[last]!);
    if (words.length > 1)
      for (const part of new Set(parts))
        for (const context of contexts) this.supported.add(hashOfPair(part, context), name);
    if (!compared) return;
    if (ids.length === 1) {
      this.single.add(ids[0]!, name);
      this.hasSingle = true;
      if (spelled) this.foreign.add(this.classesOf(ids[0]!), name, ids[0]!, ids[0]!);
    }
    for (const [a, b] of pairsOf(last)) {
      const hash = hashOfPair(ids[a]!, ids[b]!);
      if (told.pairs.has(hash)) continue;
      told.pairs.add(hash);
      this.pairs.add(hash, name);
      // Of a longer name two words that are more than given names are said too: "Guimarães Peixe".
      const full = a === 0 && b === last;
      const enough = full
        ? isSaid(words[a]!) && isSaid(words[b]!)
        : Math.min(words[a]!.length, words[b]!.length) >= longPart && !this.#lexicon.isGiven(words[1]!);
      if (spelled && enough) this.#addForeign(name, ids[a]!, ids[b]!);
      if (!full) continue;
      for (const [letter, at] of initialedBy(words, last, this.#lexicon))
        this.initialed.add(hashOfInitial(letter, ids[at]!), name);
      if (words[a]!.length < shortest || words[b]!.length < shortest) continue;
      for (const first of this.#codesOf(ids[a]!))
        for (const other of this.#codesOf(ids[b]!)) this.sounds.add(hashOfPair(first, other), name);
    }
  }
}

/** What is known of somebody supports no word of a translation of their name: 3세 is no “se”. */
const none: ReadonlySet<number> = new Set();

/** Pairs of words that other scripts may say; the people that come with the program have some 1,000. */
const few = 5000;

/** Letters of a word that is compared without the rest of a longer name, as another script writes it. */
const longPart = 4;

/** The hash of "J. Roe". */
export function hashOfInitial(letter: number, word: number): number {
  return mixed(Math.imul(word, 32) + letter);
}
