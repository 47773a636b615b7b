import type { Placed } from './glyphs.ts';
import type { Gap, Piece } from './reading.ts';

/** A piece while its glyphs are read. */
export interface Open {
  letters: string;
  native: string;
  starts: number[];
  ends: number[];
  before: Gap;
  dotted: boolean;
  measured: boolean;
  uppers: number;
  first: boolean;
  glyphs: number;
  dot: boolean;
  odd: boolean;
  /** How many letters stand before the last apostrophe; 0 without one. */
  quote: number;
  loud: boolean;
  script: Piece['script'];
  abjad: boolean;
  signs: Piece['signs'];
}

export function opened(before: Gap, dotted: boolean, measured: boolean): Open {
  return {
    dotted,
    measured,
    letters: '',
    native: '',
    starts: [],
    ends: [],
    before,
    uppers: 0,
    first: false,
    glyphs: 0,
    dot: false,
    odd: false,
    quote: 0,
    loud: false,
    script: 'latin',
    abjad: false,
    signs: null,
  };
}

export function extend(open: Open, glyph: Placed, letters: string, pure: boolean): void {
  if (open.glyphs === 0) open.first = glyph.upper;
  if (glyph.upper) open.uppers++;
  open.glyphs++;
  open.loud = glyph.kind === 'symbol' && glyph.leet === 'i';
  open.letters += letters;
  open.native += glyph.native;
  for (let i = 0; i < letters.length; i++) {
    open.starts.push(glyph.start);
    open.ends.push(glyph.end);
  }
  if (glyph.kind !== 'letter' || (glyph.odd && !pure)) open.odd = true;
  if (glyph.script !== 'latin') open.script = glyph.script;
  if (glyph.abjad) open.abjad = true;
  open.signs ??= signsOf(glyph);
}

function signsOf({ katakana, kana, han, indic }: Placed): Piece['signs'] {
  if (katakana) return 'katakana';
  if (kana) return 'hiragana';
  if (han) return 'han';
  return indic ? 'indic' : null;
}

export function closed(open: Open): Piece {
  const { letters, native, starts, ends, before, dotted, measured, dot, odd, script, abjad, signs } = open;
  const capitals = open.uppers === open.glyphs && open.glyphs > 0;
  return {
    letters,
    native,
    starts,
    ends,
    before,
    dotted,
    measured,
    dot,
    odd,
    script,
    abjad,
    signs,
    loud: open.loud,
    stem: open.quote,
    possessive: open.quote > 0 && letters.length === open.quote + 1 && letters.endsWith('s'),
    capital: open.first && (!capitals || open.glyphs === 1),
    capitals,
  };
}
