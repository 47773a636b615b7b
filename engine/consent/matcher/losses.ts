import { strange } from './spoken.ts';
import type { Part } from './transliteration.ts';

/** Letters that are looked up at once. */
const atOnce = 9;

/** What letters of a name take at least of what some parts can come to, in nats; looked up, since among a million names it is asked for thousands. */
export class Losses {
  readonly #sums: Float64Array[];

  constructor(parts: readonly (Part | undefined)[]) {
    const least = new Float64Array(27).fill(-strange.left);
    for (const part of parts)
      for (const [letter, loss] of part?.losses ?? []) if (loss < least[letter]!) least[letter] = loss;
    this.#sums = [0, 1, 2].map((third) => sumsOf(least.subarray(third * atOnce, (third + 1) * atOnce)));
  }

  /** Of the letters of a mask (`maskOf`). */
  of(letters: number): number {
    const [low, middle, high] = this.#sums;
    const all = 2 ** atOnce - 1;
    return low![letters & all]! + middle![(letters >>> atOnce) & all]! + high![letters >>> (2 * atOnce)]!;
  }
}

/** The sum of each choice of some numbers, by its bits. */
function sumsOf(numbers: Float64Array): Float64Array {
  const sums = new Float64Array(2 ** numbers.length);
  for (let choice = 1; choice < sums.length; choice++)
    sums[choice] = sums[choice & (choice - 1)]! + numbers[31 - Math.clz32(choice & -choice)]!;
  return sums;
}
