/** `{` stands for a letter that was blotted out: any. */
const blotted = 123;

/** Words longer than this are not compared. */
export const mostCompared = 62;

/** Letters of a word, as codes. */
export interface Letters {
  data: Uint8Array;
  start: number;
  length: number;
}

/** A measure of how many insertions, deletions, replacements and swaps of neighbours lie between two words (optimal string alignment); what is
 * more than `most` counts as `most + 1`. Its three rows are used again, since it runs some thousand times a prompt. */
export function createDistance(): (a: string, b: Letters, most: number) => number {
  let [older, before, row] = [1, 2, 3].map(() => new Uint8Array(mostCompared + 2)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  return (a, { data, start, length: m }, most) => {
    const n = a.length;
    if (Math.abs(n - m) > most || n > mostCompared || m > mostCompared) return most + 1;
    for (let j = 0; j <= m; j++) before[j] = j;
    for (let i = 1; i <= n; i++) {
      row[0] = i;
      let least = i;
      const x = a.charCodeAt(i - 1);
      for (let j = 1; j <= m; j++) {
        const y = data[start + j - 1]!;
        let cost = before[j - 1]! + (x === y || x === blotted ? 0 : 1);
        if (row[j - 1]! + 1 < cost) cost = row[j - 1]! + 1;
        if (before[j]! + 1 < cost) cost = before[j]! + 1;
        if (
          i > 1 &&
          j > 1 &&
          x === data[start + j - 2] &&
          y === a.charCodeAt(i - 2) &&
          older[j - 2]! + 1 < cost
        )
          cost = older[j - 2]! + 1;
        row[j] = cost;
        if (cost < least) least = cost;
      }
      if (least > most) return most + 1;
      [older, before, row] = [before, row, older];
    }
    return Math.min(before[m]!, most + 1);
  };
}

/** How many insertions, deletions and replacements lie between two short texts. */
export function editsBetween(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++)
      row.push(Math.min(before[j]! + 1, row[j - 1]! + 1, before[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    before = row;
  }
  return before[b.length]!;
}
