import type { CustomPatternMatcherFunc } from 'chevrotain';

/** A token pattern with Unicode classes, and the character codes that it can start with. */
export interface StickyPattern {
  pattern: { exec: CustomPatternMatcherFunc };
  line_breaks: boolean;
  start_chars_hint: number[];
}

/** Makes a token pattern from a regular expression. Chevrotain drops the `u` flag when it adds the sticky one, so patterns with `\p{…}` are
 * handed over as functions; the start codes let its lexer try only the patterns that can match. */
export function sticky(source: string, startCodes: number[], flags = ''): StickyPattern {
  const expression = new RegExp(source, `uy${flags}`);
  const exec: CustomPatternMatcherFunc = (text, offset) => {
    expression.lastIndex = offset;
    return expression.exec(text) as RegExpExecArray | null;
  };
  return { pattern: { exec }, line_breaks: false, start_chars_hint: startCodes };
}

export const digitCodes = codes('0', '9');
export const asciiLetterCodes = [...codes('a', 'z'), ...codes('A', 'Z')];

/** One code for each bucket that chevrotain sorts characters beyond Latin-1 into (they are 255 wide), and each code of Latin-1. */
export const beyondAsciiCodes = [
  ...Array.from({ length: 128 }, (_, index) => 128 + index),
  ...Array.from({ length: 257 }, (_, index) => Math.min(256 + index * 255, 0xffff)),
];

export const letterCodes = [...asciiLetterCodes, '_'.charCodeAt(0), ...beyondAsciiCodes];

export function codesOf(characters: string): number[] {
  return [...characters].map((character) => character.charCodeAt(0));
}

function codes(first: string, last: string): number[] {
  const start = first.charCodeAt(0);
  return Array.from({ length: last.charCodeAt(0) - start + 1 }, (_, index) => start + index);
}
