const [i, l, z, s, q, g, v, u, w, r, n, m] = [...'ilzsqgvuwrnm'].map((letter) =>
  letter.charCodeAt(0),
) as number[];

/** What is left of letters when look-alikes are one and repetitions are gone: disguises of a name meet in it. */
export function skeleton(letters: string): string {
  let out = '';
  each(letters, false, (code) => {
    out += String.fromCharCode(code);
  });
  return out;
}

/** The hash of a skeleton, without making it; of the letters backwards, if they are to be read so. */
export function skeletonHash(letters: string, backwards = false): number {
  let hash = 0x811c9dc5;
  each(letters, backwards, (code) => {
    hash = Math.imul(hash ^ code, 0x01000193);
  });
  return hash >>> 0;
}

function each(letters: string, backwards: boolean, visit: (code: number) => void): void {
  const length = letters.length;
  let last = -1;
  for (let at = 0; at < length; at++) {
    let code = letters.charCodeAt(backwards ? length - 1 - at : at);
    const next = at + 1 < length ? letters.charCodeAt(backwards ? length - 2 - at : at + 1) : -1;
    if (code === r && next === n) {
      code = m!;
      at++;
    } else if (code === v && next === v) {
      code = w!;
      at++;
    } else if (code === l) code = i!;
    else if (code === z) code = s!;
    else if (code === q) code = g!;
    else if (code === v) code = u!;
    if (code !== last) visit(code);
    last = code;
  }
}
