import { wordsOf } from './words.ts';

/** A text and how well it answers a query. */
export interface Ranked<T> {
  item: T;
  /** Above 0; the whole phrase outranks all words, words outrank their beginnings, those outrank typing errors. */
  score: number;
}

/** Orders items by how well their text answers a query; those that lack a word of it are left out. Equal ones stay in their order. */
export function rank<T>(query: string, items: readonly T[], textOf: (item: T) => string): Ranked<T>[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  const phrase = words.join(' ');
  const ranked: Ranked<T>[] = [];
  for (const item of items) {
    const there = wordsOf(textOf(item));
    const scores = words.map((word) => best(word, there));
    if (scores.includes(0)) continue;
    const mean = scores.reduce((sum, score) => sum + score, 0) / words.length;
    ranked.push({ item, score: mean + (` ${there.join(' ')} `.includes(` ${phrase} `) ? 1 : 0) });
  }
  return ranked.sort((a, b) => b.score - a.score);
}

function best(word: string, there: readonly string[]): number {
  let highest = 0;
  for (const candidate of there) {
    const score = closeness(word, candidate);
    if (score === 1) return 1;
    if (score > highest) highest = score;
  }
  return highest;
}

/** How well a word answers another: 1 the same, then beginnings, insides, typing errors; 0 when it does not. */
export function closeness(word: string, candidate: string): number {
  if (word === candidate) return 1;
  if (word.length >= 2 && candidate.startsWith(word)) return 0.8;
  if (word.length >= 4 && candidate.includes(word)) return 0.6;
  const most = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
  if (most === 0) return 0;
  // The end of a long word may not be typed yet: "lighthuse" finds "lighthouses".
  const starts = [-1, 0, 1].map((more) => candidate.slice(0, word.length + more));
  const away = Math.min(...[candidate, ...starts].map((start) => distance(word, start, most)));
  return away <= most ? 0.5 - away / 10 : 0;
}

/** Optimal string alignment: insertions, deletions, replacements and swaps of neighbours; anything above `most` is `most + 1`. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, row]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, before[j - 2]! + 1);
      next.push(cost);
    }
    if (Math.min(...next) > most) return most + 1;
    [before, row] = [row, next];
  }
  return row[b.length]!;
}
