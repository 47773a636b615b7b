import { latinOf } from './glyphs.ts';

/** How names are spelled is learnt for each of these; `letters` stands for all other scripts, by what they say in Latin letters. */
export const scripts = ['cyrillic', 'greek', 'arabic', 'hebrew', 'indic', 'han', 'kana', 'hangul', 'thai', 'letters'] as const; // biome-ignore format: one line
export type Script = (typeof scripts)[number];

const forms: readonly (readonly [Script, RegExp])[] = [
  ['cyrillic', /^\p{Script=Cyrillic}/u],
  ['greek', /^\p{Script=Greek}/u],
  ['arabic', /^\p{Script=Arabic}/u],
  ['hebrew', /^\p{Script=Hebrew}/u],
  ['indic', /^[\u0900-\u0d7f]/u],
  ['han', /^\p{Script=Han}/u],
  ['kana', /^[\p{Script=Katakana}\p{Script=Hiragana}ー]/u],
  ['hangul', /^\p{Script=Hangul}/u],
  ['thai', /^\p{Script=Thai}/u],
];

/** The script of a word, as `nativeOf` has it. */
export function scriptOf(native: string): Script {
  return forms.find(([, form]) => form.test(native))?.[0] ?? 'letters';
}

/** Scripts that leave vowels out. */
export function isAbjad(script: Script): boolean {
  return script === 'arabic' || script === 'hebrew';
}

/** Whether it is learnt how just this script spells; of those of India only Devanagari's is. */
export function isLearnt(native: string): boolean {
  const script = scriptOf(native);
  if (script === 'letters' || script === 'thai') return false;
  return script !== 'indic' || /\p{Script=Devanagari}/u.test(native);
}

/** By which models a word is heard: what is learnt of Devanagari says less of the other scripts of India. */
export function modelsFor(native: string): readonly Script[] {
  const script = scriptOf(native);
  if (script === 'thai') return [script, 'letters'];
  return script === 'indic' && !isLearnt(native) ? ['indic', 'letters'] : [script];
}

/** Vowels of Thai and Lao that stand before the consonant that they are said behind. */
const writtenFirst = /([เแโใไເແໂໃໄ])(\p{L})/gu;

/** Letters that Persian and Urdu add to Arabic's, and what Arabic writes for them. */
const arabic: Readonly<Record<string, string>> = { پ: 'ب', گ: 'غ', چ: 'تش', ژ: 'ج', ٹ: 'ت', ڈ: 'د', ڑ: 'ر', ے: 'ي', ں: 'ن', ہ: 'ه', ھ: 'ه' }; // biome-ignore format: one line

/** The units in which a script writes sounds: letters, jamo for syllables of Korean, and what a Chinese character is said as. */
export function unitsOf(script: Script, native: string): readonly string[] {
  if (script === 'hangul') return [...native.normalize('NFD')];
  if (script === 'han') return [...native].flatMap((sign) => [...latinOf(sign)]);
  if (script === 'kana')
    return [...native].flatMap((sign) =>
      sign === 'ー' ? [sign] : /[ッっ]/.test(sign) ? [] : [...latinOf(sign)],
    );
  if (script === 'arabic') return [...native].flatMap((sign) => [...(arabic[sign] ?? sign)]);
  // Tones are not heard, nor what the sign above says is silent.
  if (script === 'thai')
    return [...native.replace(/.?\u0e4c|[\u0e47-\u0e4e]/gu, '').replace(writtenFirst, '$2$1')];
  if (script === 'letters') return [...latinOf(native.replace(writtenFirst, '$2$1')).replace(/[^a-z]/g, '')];
  // The scripts of India stand in blocks of 128, each letter at the place that it has in Devanagari.
  if (script === 'indic')
    return [...native].map((sign) => String.fromCodePoint(0x0900 + (sign.codePointAt(0)! & 0x7f)));
  return [...native];
}
