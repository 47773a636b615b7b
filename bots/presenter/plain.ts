import { isForbidden } from '../../dsl/normalise/forbidden.ts';

/** A text that somebody else wrote as one line: line breaks and tabs become spaces, what cannot be seen or turns the reading direction goes. */
export function plainLine(text: string): string {
  return plainText(text)
    .replace(/[\n\t\u2028\u2029 ]+/g, ' ')
    .trim();
}

/** As `plainLine`, but line breaks and tabs stay. Joiners stay too: emoji and Persian need them. */
export function plainText(text: string): string {
  let kept = '';
  for (const character of text.replace(/\r\n?|\u0085/g, '\n')) {
    const code = character.codePointAt(0)!;
    if (!isForbidden(code) && !isHidden(code)) kept += character;
  }
  return kept;
}

/** The text cut to at most so many UTF-16 code units, as chats count, with `…` where something went; what people see as one character stays
 * whole. */
export function cutTo(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = '';
  for (const { segment } of graphemes.segment(text.slice(0, most + longestGrapheme))) {
    if (kept.length + segment.length > most - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`.slice(-most);
}

/** Whole lines as long as they fit into so many code units; a last line says how many went. */
export function cutLines(text: string, most: number): string {
  if (text.length <= most) return text;
  const lines = text.split('\n');
  const rest = (count: number) => `… ${count} more ${count === 1 ? 'line' : 'lines'}`;
  const room = most - rest(lines.length).length - 1;
  let shown = 0;
  for (let length = 0; shown < lines.length; shown++) {
    length += lines[shown]!.length + 1;
    if (length > room + 1) break;
  }
  // Not even the first line fits.
  if (shown === 0) return cutTo(text.replaceAll('\n', ' '), most);
  return [...lines.slice(0, shown), rest(lines.length - shown)].join('\n');
}

/** A text that cannot end the code block it is put into, and looks the same: a character without width stands between backticks. */
export function fenced(text: string): string {
  return text.replace(/`(?=`)/g, '`\u200b');
}

/** Marks of direction and what has no width, but joiners (U+200C, U+200D) and the presentation selectors of emoji. */
function isHidden(code: number): boolean {
  return (
    code === 0xad ||
    code === 0x061c ||
    code === 0x200b ||
    code === 0x200e ||
    code === 0x200f ||
    (code >= 0x2060 && code <= 0x206f) ||
    code === 0xfeff ||
    (code >= 0xfff9 && code <= 0xfffb) ||
    (code >= 0xe0000 && code <= 0xe007f)
  );
}

/** Behind the cut, so that the character on it is seen whole; longer ones (a letter under hundreds of marks) are cut anyway. */
const longestGrapheme = 64;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
