import { clip, columnsOf } from '../dsl/width.ts';

export { clip, columnsOf };

/** The text clipped or filled with spaces to exactly `width` columns. */
export function fillTo(text: string, width: number, side: 'left' | 'right' = 'left'): string {
  const cut = clip(text, width);
  const space = ' '.repeat(Math.max(0, width - columnsOf(cut)));
  return side === 'left' ? cut + space : space + cut;
}

/** A text that somebody else wrote made safe to print on one line of a terminal: line breaks become spaces, and whatever could move the
 * cursor, change colours or turn the reading direction becomes U+FFFD. */
export function oneLine(text: string): string {
  return harmless(text.replace(/[\r\n\t]+/g, ' '));
}

/** As `oneLine`, but line breaks and tabs stay. */
export function harmless(text: string): string {
  return text.replace(dangerous, '\u{fffd}');
}

// C0 (but tab and newline), DEL, C1, and the bidirectional controls of Unicode's Bidi_Control property.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const dangerous = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
