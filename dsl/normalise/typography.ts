/** What phones and word processors put in place of plain signs, outside quotes. The text before decides on a few: `2×` is a factor, ` – ` opens a
 * comment, `2–3` has a hyphen. Null where a character stands for itself. */
export function plainSign(character: string, before: string, after: string): string | null {
  if (character === '×') return /\d/.test(before) ? 'x' : null;
  if (character === '–') return /^\s|^$/.test(after) && /^\s|^$/.test(before) ? '--' : '-';
  return signs.get(character) ?? null;
}

const signs: ReadonlyMap<string, string> = new Map([
  ['—', '--'],
  ['―', '--'],
  ['…', '..'],
  ['‥', '..'],
  ['−', '-'],
  ['‐', '-'],
  ['‑', '-'],
  ['‒', '-'],
  ['；', ';'],
  ['，', ','],
  ['（', '('],
  ['）', ')'],
  ['［', '['],
  ['］', ']'],
  ['＋', '+'],
  ['＝', '='],
  ['？', '?'],
  ['｜', '|'],
  ['：', ':'],
  ['％', '%'],
  ['／', '/'],
  ['．', '.'],
  ['－', '-'],
  ['\u0085', '\n'],
  ['\u2028', '\n'],
  ['\u2029', '\n'],
  ...spaces().map((space): [string, string] => [space, ' ']),
]);

/** Every space of Unicode but the plain one (category Zs). */
function spaces(): string[] {
  const wide = Array.from({ length: 11 }, (_, index) => String.fromCodePoint(0x2000 + index));
  return ['\u00a0', '\u1680', '\u202f', '\u205f', '\u3000', ...wide];
}
