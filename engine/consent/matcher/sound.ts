import { doubleMetaphone } from 'double-metaphone';

import { editsBetween } from './distance.ts';

/** What a word sounds like, in up to three codes: Double Metaphone's two, without the differences that other scripts do not write (r and l,
 * f and p, j and s), and with s for th, as Korean and Japanese have it. */
export function soundsOf(word: string): readonly string[] {
  const codes = new Set<string>();
  const spelled = romanised(word);
  // Х is heard as h and as k, and qu comes as kv.
  const heard = new Set(
    [spelled.replaceAll('kh', 'k'), spelled.replaceAll('kh', 'h')].flatMap((form) => [
      form,
      form.replace(/kv/g, 'k'),
    ]),
  );
  for (const code of [...heard].flatMap((form) => doubleMetaphone(form))) {
    codes.add(coarse(code, 'T'));
    if (code.includes('0')) codes.add(coarse(code, 'S'));
  }
  codes.delete('');
  return [...codes];
}

function coarse(code: string, th: string): string {
  return code
    .replace(/0/g, th)
    .replace(/R/g, 'L')
    .replace(/F/g, 'P')
    .replace(/[JX]/g, 'S')
    .replace(/(?!^)[HA]/g, '')
    .replace(/^H/, 'A')
    .replace(/(.)\1+/g, '$1');
}

/** Letters as English spells them, of what a transliteration gives. */
function romanised(word: string): string {
  return word
    .replace(/dzh|tzh|dj|dz/g, 'j')
    .replace(/^tz|tz(?=[ei])/g, 'j')
    .replace(/zh/g, 'j')
    .replace(/shch/g, 'sh')
    .replace(/iy|yy/g, 'i');
}

const spellings: readonly (readonly [RegExp, string])[] = [
  [/a(?=[^aeiou]e$)/, 'e'],
  [/(?<=[^aeiou][aeiou][^aeiou])e$/, ''],
  [/kh/g, 'h'],
  [/ph/g, 'f'],
  [/^kn|^gn|^pn/, 'n'],
  [/^wr/, 'r'],
  [/^wh/, 'w'],
  [/sch/g, 'sh'],
  [/tch/g, 'ch'],
  [/ck|cc(?![ei])/g, 'k'],
  [/c(?=[eiy])/g, 's'],
  [/c(?!h)/g, 'k'],
  [/qu?/g, 'k'],
  [/x/g, 'ks'],
  [/dg(?=[ei])/g, 'j'],
  [/gh(?=[^aeiou]|$)/g, ''],
  [/z/g, 's'],
  [/w(?=[^aeiouy]|$)/g, 'u'],
  [/e?igh|eigh|ey|ai|ay|ei|ae/g, 'e'],
  [/ee|ea|ie|y/g, 'i'],
  [/oo|ou|ow|ew|ue|ui|uo/g, 'u'],
  [/oa|oe|au|aw/g, 'o'],
  [/(.)\1+/g, '$1'],
  [/(?<=.{2})e$/, ''],
  [/(?<=.{2})h$/, ''],
];

/** A word in one of the spellings that it sounds the same in. */
export function respelled(word: string): string {
  return spellings.reduce((text, [form, instead]) => text.replace(form, instead), romanised(word));
}

/** The same without what other scripts do not tell apart, or put between consonants. */
function unspelled(word: string): string {
  return word
    .replaceAll('eu', '')
    .replaceAll('l', 'r')
    .replace(/[jz]/g, 's')
    .replaceAll('f', 'p')
    .replace(/(?<=..)[aeiou]$/, '');
}

/** How much two words whose codes agree are heard as the same, 0 to 1, of words as they are respelled. Vowels count, since “Jane Lee” and “John Law” have
 * the same codes; less where one of them is of another script. */
export function likeness(a: string, b: string, foreign: boolean): number {
  return foreign ? alikeIn(unspelled(a), unspelled(b)) : alikeIn(a, b);
}

/** How much of two texts is the same, 0 to 1. */
function alikeIn(x: string, y: string): number {
  const longest = Math.max(x.length, y.length);
  return longest === 0 ? 0 : 1 - editsBetween(x, y) / longest;
}
