/** Letters of a word that is compared alone. */
export const shortest = 3;

/** Where the word stands that counts as the last one. */
export function lastAt(words: readonly string[]): number {
  let last = words.length - 1;
  while (last > 1 && words[last]!.length < shortest) last--;
  return last;
}

/** The orders in which words of a name are said, as their places: as it is, the last word first ("Roe, Jane Mary"), the first last ("Kang-ho Song"), from the end
 * to the beginning, and without what stands between. */
export function ordersOf(words: readonly string[]): readonly (readonly number[])[] {
  const last = words.length - 1;
  const all = words.map((_, at) => at);
  if (last === 0) return [all];
  if (last === 1) return [all, [1, 0]];
  const found = [all, [last, ...all.slice(0, last)], [...all.slice(1), 0], [...all].reverse()];
  if (words[0]!.length >= shortest && words[last]!.length >= shortest) found.push([0, last], [last, 0]);
  return found;
}

/** The ways in which all letters of a name follow each other, one for each of its orders. */
export function wholes(words: readonly string[]): string[] {
  return ordersOf(words).map((order) => order.map((at) => words[at]!).join(''));
}

/** First and last, and of longer names each with its neighbour. */
export function pairsOf(last: number): [number, number][] {
  if (last < 1) return [];
  if (last === 1) return [[0, 1]];
  return [[0, last], [0, 1], [last - 1, last]]; // biome-ignore format: pairs
}

/** All initials, and those of first and last. */
export function initialsOf(words: readonly string[]): string[] {
  const all = words.map((word) => word[0]).join('');
  return words.length > 2 ? [all, words[0]![0]! + words.at(-1)![0]!] : [all];
}

/** “JD” is said letter by letter, and written so elsewhere. */
export function isSaid(word: string): boolean {
  return word.length >= shortest || /[aeiouy]/.test(word);
}
