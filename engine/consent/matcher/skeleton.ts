/** What is left of letters when look-alikes are one and repetitions are gone: the key under which disguises of a name meet. */
export function skeleton(letters: string): string {
  let out = '';
  for (let i = 0; i < letters.length; i++) {
    let c = letters[i]!;
    const next = letters[i + 1];
    if (c === 'r' && next === 'n') {
      c = 'm';
      i++;
    } else if (c === 'v' && next === 'v') {
      c = 'w';
      i++;
    } else c = alike[c] ?? c;
    if (!out.endsWith(c)) out += c;
  }
  return out;
}

const alike: Record<string, string> = { l: 'i', z: 's', q: 'g', v: 'u' };
