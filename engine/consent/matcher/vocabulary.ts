import { createDistance } from './distance.ts';
import { type Effort, unbounded } from './effort.ts';
import { bytes8, hashOf, MultiMap, Numbers, words32 } from './multi-map.ts';

/** Letters of a word's beginning that its misspellings are found by (SymSpell's prefix, https://github.com/wolfgarbe/SymSpell): what lies behind
 * is verified, not indexed, which bounds the entries of a long word to 29. */
const prefix = 7;

/** From this length on two errors are forgiven; one from three letters on. */
export const longWord = 6;
const shortestMended = 3;

/** The words that names are made of, once each, with an index of their misspellings. Words are a to z. */
export class Vocabulary {
  readonly #letters = new Numbers(bytes8, 1 << 16);
  readonly #starts = new Numbers(words32);
  readonly #uses = new Numbers(words32);
  readonly #ids: MultiMap;
  readonly #near: MultiMap;
  #stamps = new Uint32Array(1024);
  #stamp = 0;
  /** Which letters a word has, a bit each: tells most words apart before they are compared. */
  readonly #masks = new Numbers(words32);
  readonly #distance = createDistance();

  constructor(effort: Effort = unbounded()) {
    this.#ids = new MultiMap(effort);
    this.#near = new MultiMap(effort);
    this.#starts.push(0);
  }

  get size(): number {
    return this.#starts.length - 1;
  }

  get bytes(): number {
    return (
      this.#letters.data.byteLength +
      this.#starts.data.byteLength +
      this.#uses.data.byteLength +
      this.#ids.bytes +
      this.#near.bytes +
      this.#stamps.byteLength +
      this.#masks.data.byteLength
    );
  }

  /** -1 when no name has the word. */
  id(word: string): number {
    const hash = hashOf(word);
    for (let entry = this.#ids.first(hash); entry !== -1; entry = this.#ids.next(entry)) {
      const id = this.#ids.value(entry);
      if (this.#is(id, word)) return id;
    }
    return -1;
  }

  add(word: string): number {
    const known = this.id(word);
    if (known !== -1) {
      this.#uses.data[known]!++;
      return known;
    }
    const id = this.size;
    for (let i = 0; i < word.length; i++) this.#letters.push(word.charCodeAt(i));
    this.#starts.push(this.#letters.length);
    this.#uses.push(1);
    this.#masks.push(maskOf(word));
    this.#ids.add(hashOf(word), id);
    if (word.length >= shortestMended) forms(word, (hash) => this.#near.add(hash, id));
    return id;
  }

  text(id: number): string {
    let text = '';
    const end = this.#starts.data[id + 1]!;
    for (let i = this.#starts.data[id]!; i < end; i++) text += String.fromCharCode(this.#letters.data[i]!);
    return text;
  }

  lengthOf(id: number): number {
    return this.#starts.data[id + 1]! - this.#starts.data[id]!;
  }

  /** How many names have the word: what is rare is rarely written by chance. */
  uses(id: number): number {
    return this.#uses.data[id]!;
  }

  /** Visits every word that differs by one error, or two in long words; not the word itself. */
  near(word: string, visit: (id: number, errors: number) => void): void {
    if (word.length < shortestMended) return;
    if (this.#stamps.length < this.size) this.#stamps = new Uint32Array(2 * this.size);
    const stamp = ++this.#stamp;
    const most = word.length >= longWord ? 2 : 1;
    const blotted = word.includes('{');
    const mask = maskOf(word);
    const letters = { data: this.#letters.data, start: 0, length: 0 };
    forms(word, (hash) => {
      for (let entry = this.#near.first(hash); entry !== -1; entry = this.#near.next(entry)) {
        const id = this.#near.value(entry);
        if (this.#stamps[id] === stamp) continue;
        this.#stamps[id] = stamp;
        if (Math.abs(this.lengthOf(id) - word.length) > most) continue;
        // One error changes two bits at most.
        if (!blotted && bits(mask ^ this.#masks.data[id]!) > 2 * most) continue;
        letters.start = this.#starts.data[id]!;
        letters.length = this.lengthOf(id);
        const errors = Math.max(this.#distance(word, letters, most), blotted ? 1 : 0);
        if (errors > 0 && errors <= most) visit(id, errors);
      }
    });
  }

  /** Which letters a word has, a bit each. */
  maskOf(id: number): number {
    return this.#masks.data[id]!;
  }

  /** The code of a word's first letter. */
  initialOf(id: number): number {
    return this.#letters.data[this.#starts.data[id]!]!;
  }

  #is(id: number, word: string): boolean {
    const start = this.#starts.data[id]!;
    if (this.#starts.data[id + 1]! - start !== word.length) return false;
    for (let i = 0; i < word.length; i++)
      if (this.#letters.data[start + i] !== word.charCodeAt(i)) return false;
    return true;
  }
}

/** The letters of a word (a to z), a bit each. */
export function maskOf(word: string): number {
  let mask = 0;
  for (let i = 0; i < word.length; i++) mask |= 1 << (word.charCodeAt(i) - 97);
  return mask >>> 0;
}

/** The letters of a mask, each as its place: a is 0. */
export function lettersIn(mask: number): number[] {
  return Array.from({ length: 26 }, (_, letter) => letter).filter((letter) => (mask >>> letter) & 1);
}

function bits(mask: number): number {
  let n = mask - ((mask >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Hashes of the word's beginning and of what is left of it when one letter, or in long words two, are left out. */
function forms(word: string, visit: (hash: number) => void): void {
  const length = Math.min(word.length, prefix);
  visit(hashWithout(word, length, -1, -1));
  for (let a = 0; a < length; a++) {
    visit(hashWithout(word, length, a, -1));
    if (word.length < longWord) continue;
    for (let b = a + 1; b < length; b++) visit(hashWithout(word, length, a, b));
  }
}

function hashWithout(word: string, length: number, a: number, b: number): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < length; i++) if (i !== a && i !== b) h = Math.imul(h ^ word.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
