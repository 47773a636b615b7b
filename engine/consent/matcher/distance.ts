/** `{` stands for a letter that was blotted out: any. */
const blotted = 123;

/** How many insertions, deletions, replacements and swaps of neighbours lie between two words (optimal string alignment); more than `most`
 * counts as `most + 1`. */
export function distance(a: string, b: string, most: number): number {
  const n = a.length;
  const m = b.length;
  if (Math.abs(n - m) > most) return most + 1;
  let start = 0;
  while (start < n && start < m && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  if (start === n && n === m) return 0;
  let older: number[] = [];
  let before: number[] = [];
  for (let j = 0; j <= m - start; j++) before.push(j);
  for (let i = 1; i <= n - start; i++) {
    const row = [i];
    let least = i;
    const x = a.charCodeAt(start + i - 1);
    for (let j = 1; j <= m - start; j++) {
      const y = b.charCodeAt(start + j - 1);
      const same = x === y || x === blotted;
      let cost = Math.min(row[j - 1]! + 1, before[j]! + 1, before[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && x === b.charCodeAt(start + j - 2) && y === a.charCodeAt(start + i - 2))
        cost = Math.min(cost, older[j - 2]! + 1);
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    older = before;
    before = row;
  }
  return before[m - start]!;
}
