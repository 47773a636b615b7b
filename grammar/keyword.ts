/** A word in capitals if it is plain ASCII, else as it is: `ſtitch` must not become a keyword by way of Unicode's upper case. */
export function keyword(text: string): string {
  return plain.test(text) ? text.toUpperCase() : text;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII is meant
const plain = /^[\x00-\x7f]*$/;
