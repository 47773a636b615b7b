import stringWidth from 'string-width';
import { isForbidden, isInvisible } from './normalise/forbidden.ts';

/** A piece of a line as a terminal shows it. */
export interface Cell {
  /** Offset in the line, in UTF-16 code units. */
  offset: number;
  /** What is shown; never a character that moves the cursor or turns the direction of writing. */
  text: string;
  /** Terminal columns: 0 for combining characters, 2 for wide ones, up to the next stop for tabs. */
  width: number;
}

/** Cuts a line into what a terminal shows for each character that people see as one. Tabs go to every eighth column. */
export function cellsOf(line: string): Cell[] {
  if (plain.test(line)) return [...line].map((text, offset) => ({ offset, text, width: 1 }));
  const cells: Cell[] = [];
  let column = 0;
  for (const { segment, index } of graphemes.segment(line)) {
    const text = shown(segment, column);
    const width = stringWidth(text);
    cells.push({ offset: index, text, width });
    column += width;
  }
  return cells;
}

const plain = /^[ -~]*$/;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const tabStop = 8;

function shown(segment: string, column: number): string {
  if (segment === '\t') return ' '.repeat(tabStop - (column % tabStop));
  return [...segment].map((character) => visible(character, segment.length > character.length)).join('');
}

/** Control characters as their pictures, what has no width or turns the text by its code; joiners within an emoji stay. */
function visible(character: string, joined: boolean): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  if (isForbidden(code) || (isInvisible(code) && !(joined && joiners.has(code))) || turning.has(code)) {
    return `<${code.toString(16).toUpperCase().padStart(4, '0')}>`;
  }
  return character;
}

/** Zero-width joiner and the two emoji presentation selectors. */
const joiners = new Set([0x200d, 0xfe0e, 0xfe0f]);
const turning = new Set([0x85, 0x200e, 0x200f, 0x2028, 0x2029]);
