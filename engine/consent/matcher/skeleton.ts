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

/** The hash of a skeleton as its letters come, one after the other: the same as `skeletonHash` of them all. */
export interface GrowingHash {
  hash: number;
  last: number;
  /** A letter that the next one may change; -1 without. */
  held: number;
}

export function beginHash(): GrowingHash {
  return { hash: 0x811c9dc5, last: -1, held: -1 };
}

export function addLetters(growing: GrowingHash, letters: string): void {
  for (let at = 0; at < letters.length; at++) {
    const code = letters.charCodeAt(at);
    const { held } = growing;
    if (held === r && code === n) put(growing, m!);
    else if (held === v && code === v) put(growing, w!);
    else {
      if (held !== -1) put(growing, alike(held));
      growing.held = code;
      continue;
    }
    growing.held = -1;
  }
}

/** The hash of what has come so far. */
export function hashSoFar({ hash, last, held }: GrowingHash): number {
  if (held === -1) return hash >>> 0;
  const code = alike(held);
  return (code === last ? hash : Math.imul(hash ^ code, 0x01000193)) >>> 0;
}

function put(growing: GrowingHash, code: number): void {
  if (code !== growing.last) growing.hash = Math.imul(growing.hash ^ code, 0x01000193);
  growing.last = code;
}

function alike(code: number): number {
  if (code === l) return i!;
  if (code === z) return s!;
  if (code === q) return g!;
  return code === v ? u! : code;
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
    } else code = alike(code);
    if (code !== last) visit(code);
    last = code;
  }
}
