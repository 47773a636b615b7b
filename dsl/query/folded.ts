/** A text without regard to case, as the database's `folded` has it: each character by its simple lower case of Unicode, so that the length
 * in characters stays (İ is one i, Σ is σ wherever it stands). */
export function folded(text: string): string {
  let lower = '';
  for (const character of text) lower += firstOf(character.toLowerCase());
  return lower;
}

function firstOf(text: string): string {
  return String.fromCodePoint(text.codePointAt(0)!);
}

/** Orders texts by their characters' code points, as UTF-8 bytes would; JavaScript's own `<` puts 😀 before ﬁ. */
export function byCodePoint(a: string, b: string): number {
  const [left, right] = [a[Symbol.iterator](), b[Symbol.iterator]()];
  for (;;) {
    const [one, other] = [left.next(), right.next()];
    if (one.done || other.done) return Number(other.done ?? false) - Number(one.done ?? false);
    const difference = one.value.codePointAt(0)! - other.value.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
}
