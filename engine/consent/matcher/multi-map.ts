import { type Effort, TooMuchToRead, unbounded } from './effort.ts';

/** Many values a key, each with some notes by which it may be passed over, in one typed array: 17 bytes an entry and 4 a note, one look into memory for each that is walked, nothing for
 * the garbage collector to walk through. Keys are hashes, so that whoever reads a value verifies it. `first` and `next` walk the entries of a hash without allocating; -1 is the end. Every step is
 * taken off `effort`. */
export class MultiMap {
  #heads: Int32Array;
  /** Of each entry its hash, the entry behind it, its value and notes. */
  #entries: Int32Array;
  /** A bit for each hash that is there: most of what is asked for is not, and a miss in a large table costs as much as a hit. */
  #filter: Uint8Array;
  #size = 0;
  readonly #effort: Effort;
  readonly #width: number;

  constructor(effort: Effort = unbounded(), { notes = 0 } = {}) {
    this.#effort = effort;
    this.#width = 3 + notes;
    const room = 1024;
    this.#heads = new Int32Array(room).fill(-1);
    this.#entries = new Int32Array(this.#width * room);
    this.#filter = new Uint8Array(room);
  }

  get bytes(): number {
    return this.#heads.byteLength + this.#entries.byteLength + this.#filter.byteLength;
  }

  add(hash: number, value: number, ...notes: readonly number[]): void {
    if (this.#size === this.#heads.length) this.#grow();
    const entry = this.#width * this.#size++;
    this.#entries[entry] = hash;
    this.#entries[entry + 2] = value;
    for (let n = 0; n < notes.length; n++) this.#entries[entry + 3 + n] = notes[n]!;
    this.#lead(entry);
  }

  first(hash: number): number {
    if (--this.#effort.left < 0) throw new TooMuchToRead();
    const spread = mixed(hash);
    if ((this.#filter[(spread >>> 3) & (this.#filter.length - 1)]! & (1 << (spread & 7))) === 0) return -1;
    return this.#find(this.#heads[spread & (this.#heads.length - 1)]!, hash | 0);
  }

  /** Each value of a hash. */
  each(hash: number, visit: (value: number) => void): void {
    for (let entry = this.first(hash); entry !== -1; entry = this.next(entry)) visit(this.value(entry));
  }

  next(entry: number): number {
    if (--this.#effort.left < 0) throw new TooMuchToRead();
    return this.#find(this.#entries[entry + 1]!, this.#entries[entry]!);
  }

  value(entry: number): number {
    return this.#entries[entry + 2]! >>> 0;
  }

  note(entry: number, at: number): number {
    return this.#entries[entry + 3 + at]! >>> 0;
  }

  #find(from: number, hash: number): number {
    let entry = from;
    while (entry !== -1 && this.#entries[entry] !== hash) entry = this.#entries[entry + 1]!;
    return entry;
  }

  /** Puts an entry before the others of its hash. */
  #lead(entry: number): void {
    const spread = mixed(this.#entries[entry]!);
    const head = spread & (this.#heads.length - 1);
    this.#filter[(spread >>> 3) & (this.#filter.length - 1)]! |= 1 << (spread & 7);
    this.#entries[entry + 1] = this.#heads[head]!;
    this.#heads[head] = entry;
  }

  #grow(): void {
    const room = 2 * this.#heads.length;
    this.#entries = grown(this.#entries, new Int32Array(this.#width * room));
    this.#heads = new Int32Array(room).fill(-1);
    this.#filter = new Uint8Array(room);
    for (let n = 0; n < this.#size; n++) this.#lead(this.#width * n);
  }
}

/** Numbers that grow at their end, in a typed array. */
export class Numbers<T extends Uint32Array | Uint8Array> {
  data: T;
  length = 0;
  readonly #make: (room: number) => T;

  constructor(make: (room: number) => T, expected = 1024) {
    this.#make = make;
    this.data = make(expected);
  }

  /** Returns where the number stands. */
  push(number: number): number {
    if (this.length === this.data.length) this.data = grown(this.data, this.#make(2 * this.length));
    this.data[this.length] = number;
    return this.length++;
  }
}

export const words32 = (room: number) => new Uint32Array(room);
export const bytes8 = (room: number) => new Uint8Array(room);

function grown<T extends Uint32Array | Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** The finaliser of MurmurHash3: without it the low bits of neighbouring keys fall together. */
export function mixed(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** FNV-1a over the characters of a text. */
export function hashOf(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** The same for two numbers in either order. */
export function hashOfPair(a: number, b: number): number {
  return mixed(Math.imul(Math.min(a, b) + 1, 0x9e3779b1) ^ Math.imul(Math.max(a, b) + 1, 0x5bd1e995));
}
