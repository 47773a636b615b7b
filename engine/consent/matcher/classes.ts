/** Consonants of a word, in classes that are told apart in nearly every script, as a number of base 8: the first ones stand highest. Vowels, h, w and y are not among them. */
const classOf: Readonly<Record<string, number>> = {
  ...{ b: 1, p: 1, f: 1, v: 1 },
  ...{ t: 2, d: 2 },
  ...{ k: 3, c: 3, g: 3, q: 3, x: 3 },
  ...{ s: 4, z: 4, j: 4 },
  ...{ m: 5, n: 5 },
  ...{ l: 6, r: 6 },
};

/** Consonants that are compared; what lies behind does not count. */
const most = 8;

export const Classes = {
  none: 0,

  of(letters: string): number {
    let classes = 0;
    for (const letter of letters) {
      const one = classOf[letter];
      if (one !== undefined) classes = Classes.join(classes, one);
    }
    return classes;
  },

  /** One behind the other; of two that are the same and meet one is left. */
  join(a: number, b: number): number {
    if (b === 0) return a;
    const length = Classes.length(b);
    const first = Classes.first(b);
    const meet = (a & 7) === first;
    const rest = meet ? b - (first << (3 * (length - 1))) : b;
    const digits = meet ? length - 1 : length;
    const room = Math.min(digits, most - Classes.length(a));
    return (a << (3 * room)) + (rest >>> (3 * (digits - room)));
  },

  /** The first consonant alone. */
  first(classes: number): number {
    return classes === 0 ? 0 : classes >>> (3 * (Classes.length(classes) - 1));
  },

  /** How many consonants: three bits each. */
  length(classes: number): number {
    return Math.ceil((32 - Math.clz32(classes)) / 3);
  },
};
