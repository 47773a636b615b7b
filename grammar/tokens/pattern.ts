import type { CustomPatternMatcherFunc } from 'chevrotain';

/** A token pattern with Unicode classes, and the character codes that it can start with. */
export interface StickyPattern {
  pattern: { exec: CustomPatternMatcherFunc };
  line_breaks: boolean;
  start_chars_hint: number[];
}

/** Makes a token pattern from a regular expression. Chevrotain drops the `u` flag when it adds the sticky one, so patterns with `\p{…}` are
 * handed over as functions; the start codes let its lexer try only the patterns that can match.
 *
 * V8 takes about 4 ms to compile one expression with Unicode classes, 60 ms for all of ours, a fifth of a cold `pql check`: text that is
 * ASCII is read by the same expression with ASCII classes, and the large one is made when a text first needs it. */
export function sticky(source: string, startCodes: number[], flags = ''): StickyPattern {
  const narrow = new RegExp(asciiClasses(source), `uy${flags}`);
  let wide: RegExp | undefined;
  // A lexer asks about one text many times over: what is known of it is kept.
  let seen = '';
  let expression = narrow;
  const exec: CustomPatternMatcherFunc = (text, offset) => {
    if (text !== seen) {
      if (isAscii(text)) expression = narrow;
      else {
        wide ??= new RegExp(source, `uy${flags}`);
        expression = wide;
      }
    }
    // Also when an equal text was seen: two strings in different places are compared character by character, once a token.
    seen = text;
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

/** The source with Unicode's letters, numbers and marks cut down to those that ASCII has; classes keep at least one member. */
function asciiClasses(source: string): string {
  return source.replaceAll('\\p{L}', 'a-zA-Z').replaceAll('\\p{N}', '0-9').replaceAll('\\p{M}', '');
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
  return /^[\x00-\x7f]*$/.test(text);
}

function codes(first: string, last: string): number[] {
  const start = first.charCodeAt(0);
  return Array.from({ length: last.charCodeAt(0) - start + 1 }, (_, index) => start + index);
}
