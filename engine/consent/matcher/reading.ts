import type { Placed } from './glyphs.ts';
import { closed, extend, type Open, opened } from './open-piece.ts';
import { type Run, runsOf } from './runs.ts';
import { spelledOut } from './spelled-out.ts';
import { stretched } from './stretched.ts';

/** What stands before a piece; a reader sees less of a break the earlier it comes in this list. */
export const gaps = ['none', 'camel', 'joint', 'space', 'comma', 'stop'] as const;
export type Gap = (typeof gaps)[number];

/** Letters without a break. */
export interface Piece {
  /** a to z; `{` is a letter that was blotted out. */
  letters: string;
  /** As a dictionary of its own script has it (`nativeOf`); empty in ours. */
  native: string;
  /** Where each letter begins and ends in the text. */
  starts: readonly number[];
  ends: readonly number[];
  before: Gap;
  /** Its first letter is a capital and not all the others are. */
  capital: boolean;
  /** All its letters are capitals. */
  capitals: boolean;
  /** Before it stands nothing but a space, or the dot between the words of a foreign name. */
  dotted: boolean;
  /** A full stop follows at once, as after an initial. */
  dot: boolean;
  /** Ends in an exclamation mark that was taken for a letter, and may be none. */
  loud: boolean;
  /** Stands at once behind digits: "4K", "35mm". */
  measured: boolean;
  /** Ends in 's. */
  possessive: boolean;
  /** Letters before the last apostrophe, as before the ending in "Ayşe'nin"; 0 without one. */
  stem: number;
  /** Written with characters that nobody types for these letters by chance. */
  odd: boolean;
  script: 'latin' | 'other' | 'cjk';
  /** Written without vowels. */
  abjad: boolean;
  /** Which of the scripts without capitals it is written in that are told apart, if any. */
  signs: 'katakana' | 'hiragana' | 'han' | 'indic' | null;
}

/** One way of reading a text. */
export interface Reading {
  pieces: readonly Piece[];
  /** Syllables are only put together to whole names, not compared as words. */
  syllables: boolean;
  /** Of what it takes for letters what is none. */
  disguise: boolean;
}

interface Way {
  leet: boolean;
  looks: boolean;
  flip: boolean;
  camel: boolean;
  syllables: boolean;
  /** Glyphs that only keep the letters of a spelled word apart, or draw one out; false for those letters. */
  between: readonly boolean[] | null;
  /** What French and Italian put before a name is a word: "d'Emmanuel". */
  elided: boolean;
}

const plain: Way = {
  leet: false,
  looks: false,
  flip: false,
  camel: false,
  syllables: false,
  between: null,
  elided: false,
};

/** The ways in which a text can be read: as it stands, and only where there is a reason with its digits as letters, its letters by their looks,
 * upside down, in CamelCase, by the syllable, with words that are spelled out as words, or without what draws one out. */
export function readings(glyphs: readonly Placed[]): Reading[] {
  const runs = runsOf(glyphs);
  const first = read(glyphs, runs, plain);
  const found = [first];
  const add = (way: Partial<Way>) => found.push(read(glyphs, runs, { ...plain, ...way }));
  if (first.camel) add({ camel: true });
  if (first.elided) add({ elided: true });
  const leet = runs.some((run) => run.leet);
  if (leet) add({ leet: true });
  if (leet && first.camel) add({ leet: true, camel: true });
  if (runs.some((run) => run.pure && run.lookable)) add({ looks: true, leet: true });
  if (glyphs.filter(({ turned }) => turned).length > 1) add({ flip: true });
  if (glyphs.some((glyph) => glyph.script === 'cjk')) add({ syllables: true });
  const between = spelledOut(glyphs);
  if (between) add({ leet: true, between });
  const drawn = stretched(glyphs);
  if (drawn) add({ between: drawn });
  return found;
}

/** The words of a name, as its reading in a text would give them. */
export function wordsOfName(glyphs: readonly Placed[]): Reading[] {
  const runs = runsOf(glyphs);
  const found: Reading[] = [read(glyphs, runs, plain)];
  if (glyphs.some((glyph) => glyph.script === 'cjk'))
    found.push(read(glyphs, runs, { ...plain, syllables: true }));
  return found;
}

/** What a full stop shortens: it ends no sentence. */
const shortened = /^(?:[a-z]|th|ch|ph|wm|yu|zh|kh|mrs?|ms|dr|st|[js]r|prof|rev|gen|sen|gov|capt)$/;

/** What loses its vowel before another. */
const elision = /^(?:[ldjmnstc]|qu|dell|nell|all|sull|dall|un)$/;

function read(
  glyphs: readonly Placed[],
  runs: readonly Run[],
  way: Way,
): Reading & { camel: boolean; elided: boolean } {
  const pieces: Piece[] = [];
  let before: Gap = 'none';
  let dotted = false;
  let [camel, elided] = [false, false];
  let open: Open | null = null;
  let silent: Placed | null = null;
  const close = () => {
    // "Roe comma Jane".
    if (open?.letters === 'comma' && pieces.length > 0) before = 'comma';
    else if (open && open.letters !== '') pieces.push(closed(open));
    open = null;
  };
  const gap = (kind: Gap) => {
    close();
    silent = null;
    if (gaps.indexOf(kind) > gaps.indexOf(before)) before = kind;
  };
  let run = 0;
  for (let at = 0; at < glyphs.length; at++) {
    while (run < runs.length && runs[run]!.to <= at) run++;
    const within = run < runs.length && runs[run]!.from <= at ? runs[run]! : null;
    const glyph = glyphs[at]!;
    if (way.between?.[at]) continue;
    const isSpelled = way.between?.[at] === false;
    const letters = isSpelled && glyph.kind === 'digit' ? glyph.leet : lettersOf(glyph, within, way);
    if (letters !== '') {
      const breaks = isCamel(glyphs, at);
      if (breaks && open) camel = true;
      if (breaks && way.camel && open) gap('camel');
      // Nothing but a space begins a word of Korean, and the text.
      if (way.syllables && glyph.script === 'cjk' && (open || pieces.length > 0)) gap('camel');
      if (open && at > 0 && glyphs[at - 1]!.katakana !== glyph.katakana && glyphs[at - 1]!.script !== 'latin')
        gap('camel');
      if (open && isGrownTogether(glyphs[at - 1], glyph)) gap('camel');
      open ??= opened(before, dotted, at > 0 && glyphs[at - 1]!.kind === 'digit');
      before = 'none';
      dotted = false;
      if (silent && open.glyphs === 0) open.native = silent.native;
      extend(open, glyph, letters, within?.pure === true);
      if (silent) open.starts[0] = silent.start;
      silent = null;
      if (way.syllables && glyph.script === 'cjk') gap('camel');
      continue;
    }
    // A sign that has no sound of its own, like a virama, or none of ours, like ع.
    if (glyph.kind === 'letter' && !way.flip) {
      if (open) (open as Open).native += glyph.native;
      else silent = glyph;
      continue;
    }
    if (glyph.kind === 'drop') {
      // Invisible characters between letters are put there.
      if (open && glyph.end < glyphs.length) (open as Open).odd ||= isHidden(glyphs, at);
      continue;
    }
    if (glyph.kind === 'quote' && open && glyphs[at + 1]?.kind === 'letter') {
      const isElided = glyphs[at + 1]!.upper && !(open as Open).first && elision.test((open as Open).letters);
      elided ||= isElided;
      if (way.elided && isElided) {
        gap('space');
        continue;
      }
      (open as Open).quote = (open as Open).letters.length;
      continue;
    }
    dotted = (open !== null || dotted) && (glyph.dot || glyph.kind === 'space');
    if (glyph.kind === 'stop') {
      const inside = glyphs[at + 1] !== undefined && glyphs[at + 1]!.kind !== 'space';
      if (open) (open as Open).dot = true;
      const initial: boolean = open !== null && shortened.test((open as Open).letters);
      gap(inside ? 'joint' : initial ? 'space' : 'stop');
    } else if (endsSentence(glyphs, at)) gap('stop');
    else gap(glyph.kind === 'space' ? 'space' : glyph.kind === 'comma' ? 'comma' : 'joint');
  }
  close();
  const disguise = (way.leet && !way.between) || way.looks || way.flip;
  return { pieces, syllables: way.syllables, disguise, camel, elided };
}

function lettersOf(glyph: Placed, run: Run | null, way: Way): string {
  if (way.flip) return glyph.flip;
  if (glyph.kind === 'letter')
    return glyph.script === 'latin' || (run?.pure && !way.looks) ? glyph.plain : glyph.look;
  return way.leet && run?.leet ? glyph.leet : '';
}

/** "Roe가", "Roeが", "で Roe": no space stands where another script goes on or begins, and what is there is no letter of ours in its looks. */
function isGrownTogether(before: Placed | undefined, glyph: Placed): boolean {
  if (before?.kind !== 'letter' || (before.script === 'latin') === (glyph.script === 'latin')) return false;
  const foreign = glyph.script === 'latin' ? before : glyph;
  return foreign.hiragana || (foreign.script === 'cjk' && !/^[a-z]$/.test(foreign.look));
}

/** "Roe! Header": one that may be a letter, and is none at the end of a word. */
function endsSentence(glyphs: readonly Placed[], at: number): boolean {
  const [before, { kind, leet }, next] = [glyphs[at - 1], glyphs[at]!, glyphs[at + 1]];
  return kind === 'symbol' && leet === 'i' && before?.kind === 'letter' && next?.kind === 'space';
}

/** aB, and the B of ABc. */
function isCamel(glyphs: readonly Placed[], at: number): boolean {
  const [last, here, next] = [glyphs[at - 1], glyphs[at]!, glyphs[at + 1]];
  if (last?.kind !== 'letter' || here.kind !== 'letter' || !here.upper) return false;
  return (
    !last.upper ||
    (next?.kind === 'letter' && !next.upper && next.script === here.script && next.plain !== '')
  );
}

function isHidden(glyphs: readonly Placed[], at: number): boolean {
  const [before, next] = [glyphs[at - 1], glyphs[at + 1]];
  // Persian and the scripts of India write it between parts of a word: "قاسم‌زاده".
  if (before?.abjad || before?.indic) return false;
  return before?.kind === 'letter' && next?.kind === 'letter';
}
