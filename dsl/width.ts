import stringWidth from 'string-width';

/** How many terminal columns a text takes; wide characters take two, combining ones none. */
export function columnsOf(text: string): number {
  return ascii.test(text) ? text.length : stringWidth(text);
}

/** The text cut to at most `width` columns, the cut shown as `…`; never splits a character that is drawn as one. */
export function clip(text: string, width: number): string {
  if (width <= 0) return '';
  if (columnsOf(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    const columns = columnsOf(segment);
    if (used + columns > width - 1) break;
    kept += segment;
    used += columns;
  }
  return `${kept}…`;
}

const ascii = /^[\x20-\x7e]*$/;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
