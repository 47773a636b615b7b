import anyAscii from 'any-ascii';
import { remove as confusables } from 'confusables';

import { dressedUp } from './dressed-up.ts';
import { escaped } from './escapes.ts';
import { lettersTogether } from './letter-groups.ts';
import { nativeOf } from './native.ts';

export type Kind = 'letter' | 'digit' | 'symbol' | 'drop' | 'quote' | 'joint' | 'space' | 'comma' | 'stop';

/** A character of a text, or several that draw one letter, and the letters (a to z) that it can be read as. */
export interface Glyph {
  kind: Kind;
  /** What it says in its own script. */
  plain: string;
  /** As a dictionary of its own script has it (`nativeOf`); empty in ours. */
  native: string;
  /** What it looks like in ours. */
  look: string;
  /** What it looks like upside down. */
  flip: string;
  /** What it stands for among letters, if it is a digit or a symbol; `{` is any letter. */
  leet: string;
  upper: boolean;
  script: 'latin' | 'other' | 'cjk';
  kana: boolean;
  /** Of a script that leaves vowels out. */
  abjad: boolean;
  /** Katakana, which ends where another script begins. */
  katakana: boolean;
  hiragana: boolean;
  /** A Chinese character. */
  han: boolean;
  /** Of the scripts of India, which have no capitals. */
  indic: boolean;
  /** Stands between the words of a foreign name where there are no spaces: 乔·拜登. */
  dot: boolean;
  /** It is made to be read upside down. */
  turned: boolean;
  /** Nobody types it for a Latin letter by chance. */
  odd: boolean;
}

/** A glyph at its place, in UTF-16 units. */
export type Placed = Glyph & { start: number; end: number };

// biome-ignore format: a table reads better in rows
const leet: Record<string, string> = {
  0: 'o', 1: 'i', 2: 'z', 3: 'e', 4: 'a', 5: 's', 6: 'g', 7: 't', 8: 'b', 9: 'g',
  '@': 'a', '^': 'a', $: 's', '!': 'i', '|': 'i', '+': 't', '€': 'e', '£': 'l', '¥': 'y', '¢': 'c', '§': 's', '*': '{', '(': 'c', '<': 'c',
};

/** Letters drawn with several characters, the longest first. */
// biome-ignore format: a table reads better in rows
const drawn: readonly (readonly [string, string])[] = [
  ['\\/\\/', 'w'], ['|\\/|', 'm'], ['/\\/\\', 'm'], ['|-|', 'h'], ['|\\|', 'n'], ['|_|', 'u'],
  ['/\\', 'a'], ['\\/', 'v'], ['()', 'o'], ['[]', 'o'], ['|)', 'd'], ['|<', 'k'], ['|_', 'l'], ['_|', 'j'],
];

// biome-ignore format: a table reads better in rows
const upsideDown: Record<string, string> = {
  ɐ: 'a', ɔ: 'c', ǝ: 'e', ɟ: 'f', ƃ: 'g', ɓ: 'g', ɥ: 'h', ı: 'i', ᴉ: 'i', ɾ: 'j', ſ: 'j', ʞ: 'k', ן: 'l', ʃ: 'l', ɯ: 'm', ɹ: 'r', ʇ: 't', ʌ: 'v', ʍ: 'w', ʎ: 'y',
  n: 'u', u: 'n', d: 'p', p: 'd', b: 'q', q: 'b', m: 'w', w: 'm', '∀': 'a', Ɔ: 'c', Ǝ: 'e', '⅁': 'g', Ⅎ: 'f', '⅂': 'l', '˥': 'l', '⊥': 't', '∩': 'u', Λ: 'v', '⅄': 'y',
};

/** Scripts that people write in, and not only decorate with. */
const scripts =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Georgian}\p{Script=Armenian}\p{Script=Ethiopic}\p{Script=Katakana}\p{Script=Hiragana}ー]/u;
/** Scripts without spaces between words, or with words that grow at their end: read by the syllable. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const abjad = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const kana = /[\p{Script=Katakana}\p{Script=Hiragana}ー]/u;
const indic =
  /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}]/u;
const cherokee = /\p{Script=Cherokee}/u;
const hiragana = /\p{Script=Hiragana}/u;
const katakana = /[\p{Script=Katakana}ー]/u;

const kinds: readonly (readonly [RegExp, Kind])[] = [
  [/^['’‘`´ʼ]$/u, 'quote'],
  [/^[\s\u2028\u2029\u3000]$/u, 'space'],
  [/^[,;،、，；]$/u, 'comma'],
  [/^[.?。！？‽…।]$/u, 'stop'],
  [/^[\p{Cf}\p{Cc}\p{Me}\u115f\u1160\u3164\uffa0]$/u, 'drop'],
  [/^\p{Script=Inherited}$/u, 'drop'],
];

const dot = /^[·・•‧⋅∙･＝=\-‐‑–.．]$/u;
const foreign = /[\p{L}\p{M}]/u;
const ours = /[\p{Script=Latin}\p{ASCII}]/u;

/** A letter of another script, and not one of ours in another shape: 𝗧 and Ｔ are T. */
function isForeign(character: string): boolean {
  return foreign.test(character) && !ours.test(character.normalize('NFKC'));
}

/** Markup that says nothing, without attributes: a name in those must be read. */
const tag = /^<\/?(?:a|b|i|u|s|p|em|strong|span|div|br|mark|sup|sub|small|font|c|v|ruby|rt)\s?\/?>/i;

/** What a text of another script says in our letters, as its letters are written one by one. */
export function latinOf(text: string): string {
  return anyAscii(text).toLowerCase();
}

/** Reads a text glyph by glyph; characters that were seen are remembered. */
export function createGlyphs(): (text: string) => Placed[] {
  const seen = new Map<string, Glyph>();
  return (text) => {
    const glyphs: Placed[] = [];
    let closed: ReadonlySet<string> | undefined;
    for (let at = 0; at < text.length; ) {
      if (text[at] === '<') closed ??= closedTags(text);
      const single = closed === undefined ? null : bracketed(text, at, closed);
      const dressed = single ?? dressedUp(text, at);
      if (dressed) {
        const length = single ? 3 : 1;
        glyphs.push({ ...letter(dressed.toLowerCase(), true), upper: !single, start: at, end: at + length });
        at += length;
        continue;
      }
      const markup = text[at] === '<' ? tag.exec(text.slice(at, at + 12)) : null;
      if (markup) {
        glyphs.push({ ...other('joint'), start: at, end: at + markup[0].length });
        at += markup[0].length;
        continue;
      }
      const picture = drawn.find(([signs]) => text.startsWith(signs, at));
      const greek = picture ? null : lettersTogether(text, at);
      if (greek) {
        const abjad = 'abjad' in greek;
        glyphs.push({
          ...{ ...letter(greek.letters, true), ...cased(text[at]!) },
          native: nativeOf(text.slice(at, at + greek.length)),
          ...{ abjad, script: 'other', start: at, end: at + greek.length },
        });
        at += greek.length;
        continue;
      }
      const number = picture ? null : escaped(text, at);
      const character = picture?.[0] ?? number?.character ?? String.fromCodePoint(text.codePointAt(at)!);
      const length = number?.length ?? character.length;
      let glyph = seen.get(character);
      if (!glyph) {
        const read1: Glyph = picture
          ? { ...other('joint'), kind: 'symbol', leet: picture[1] }
          : read(character);
        glyph = {
          ...read1,
          native: isForeign(character) ? nativeOf(character) : '',
          turned: character > '~' && upsideDown[character] !== undefined,
          katakana: katakana.test(character),
          hiragana: hiragana.test(character),
          han: /\p{Script=Han}/u.test(character),
          indic: indic.test(character),
          dot: dot.test(character),
          kana: kana.test(character),
          abjad: abjad.test(character),
        };
        seen.set(character, glyph);
      }
      glyphs.push({ ...glyph, start: at, end: at + length });
      at += length;
    }
    return glyphs;
  };
}

/** A letter in brackets, where no such tag ends: "m<a>x". */
function bracketed(text: string, at: number, closed: ReadonlySet<string>): string | null {
  const name = /^<([a-z])>/i.exec(text.slice(at, at + 3))?.[1];
  return name === undefined || closed.has(name.toLowerCase()) ? null : name;
}

/** The tags of one letter that end somewhere. */
function closedTags(text: string): Set<string> {
  return new Set([...text.matchAll(/<\/([a-z])(?=[\s>])/gi)].map(([, name]) => name!.toLowerCase()));
}

function read(character: string): Glyph {
  const kind = kinds.find(([form]) => form.test(character))?.[1];
  if (kind) return other(kind);
  if (leet[character]) return { ...other(/\d/.test(character) ? 'digit' : 'symbol'), leet: leet[character] };
  // Emoji that are letters: 🇯 is no letter by its properties.
  const code = character.codePointAt(0)!;
  if (code >= 0x1f1e6 && code <= 0x1f1ff) return letter(String.fromCharCode(97 + code - 0x1f1e6), true);
  if (/\p{Script=Common}/u.test(character) && !/[\p{L}\p{N}\p{So}]/u.test(character))
    return flipped(character);

  const unmarked = onlyLetters(character.normalize('NFD'));
  if (unmarked !== '')
    return { ...letter(unmarked, false), ...cased(character), flip: flipOf(character, unmarked) };
  const compatible = onlyLetters(character.normalize('NFKD'));
  if (compatible !== '' && !/\p{Script=Han}/u.test(character))
    return { ...letter(compatible, true), ...cased(character), flip: compatible };
  const normal = character.normalize('NFKC');
  const plain = onlyLetters(anyAscii(normal));
  // Of Cherokee the capitals are what looks like ours; its small letters are theirs, smaller.
  const drawnAs = confusables(cherokee.test(normal) ? normal.toUpperCase() : normal);
  const looks = onlyLetters(drawnAs) || digitOf(drawnAs);
  if (unspaced.test(normal)) return { ...letter(plain, false), look: looks || plain, script: 'cjk' };
  // Alef carries a vowel, which is the most that these scripts say of vowels.
  if (/[اأإآאע]/u.test(normal)) return { ...letter('a', true), look: looks || 'a', script: 'other' };
  // Serbian's ј is said as y, whatever it looks like.
  if (normal === 'ј' || normal === 'Ј')
    return { ...letter('y', false), look: 'j', script: 'other', ...cased(character), odd: true };
  // A dot that stands for any nasal in the scripts of India.
  if (/[ंংਂંంം]/u.test(normal)) return { ...letter('n', false), look: 'n', script: 'other', odd: true };
  // Japanese doubles the next consonant with a small tsu, which is not said.
  if (/[っッ]/u.test(normal)) return { ...letter('', false), look: looks, script: 'other', odd: true };
  if (scripts.test(normal))
    return {
      ...{ ...letter(plain, false), look: looks || plain, flip: upsideDown[character] ?? plain },
      ...{ script: 'other', ...cased(character), odd: true },
    };
  // 🅰 is a letter; ❤ is none, whatever it looks like.
  if (/\p{Extended_Pictographic}/u.test(normal) && plain.length !== 1) return other('joint');
  const said = looks || plain;
  if (said === '') return flipped(character);
  // Pictures with a name in letters (🎬 gives nothing, © gives "c") are letters only where they look like one.
  if (!/[\p{L}\p{M}]/u.test(normal) && looks === '' && plain.length > 1) return other('joint');
  const latin = /\p{Script=Latin}/u.test(normal) && code < 0x250;
  return {
    ...letter(latin ? plain || looks : said, !latin),
    look: said,
    flip: flipOf(character, said),
    ...cased(character),
  };
}

const never = {
  native: '',
  dot: false,
  kana: false,
  abjad: false,
  katakana: false,
  hiragana: false,
  han: false,
  indic: false,
  turned: false,
};

function letter(letters: string, odd: boolean): Glyph {
  return {
    kind: 'letter',
    plain: letters,
    look: letters,
    flip: letters,
    leet: '',
    upper: false,
    script: 'latin',
    ...never,
    odd,
  };
}

function other(kind: Kind): Glyph {
  return {
    kind,
    plain: '',
    look: '',
    flip: '',
    leet: '',
    upper: false,
    script: 'latin',
    ...never,
    odd: false,
  };
}

function flipped(character: string): Glyph {
  const flip = upsideDown[character];
  return flip ? { ...other('joint'), flip, odd: true } : other('joint');
}

function flipOf(character: string, letters: string): string {
  return upsideDown[character] ?? upsideDown[character.toLowerCase()] ?? letters;
}

function digitOf(text: string): string {
  return leet[text] && /\d/.test(text) ? leet[text]! : '';
}

function cased(character: string): { upper: boolean } {
  return { upper: character !== character.toLowerCase() && character === character.toUpperCase() };
}

function onlyLetters(text: string): string {
  const low = text.toLowerCase();
  // Whatever stays beside its marks and is no letter makes the whole no letter.
  return low.replace(/[\p{M}'’`ʻʼ.()\s-]/gu, '').match(/^[a-z]+$/)?.[0] ?? '';
}
