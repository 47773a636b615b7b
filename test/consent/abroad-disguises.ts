import { pick } from './chance.ts';
import type { Disguise } from './disguises.ts';
import { cyrillic, greek, leet, russian } from './letters.ts';

const words = (name: string) => name.split(' ');
const last = (name: string) => words(name).at(-1)!;
const plain = (name: string) =>
  name.normalize('NFD').replace(/\p{M}/gu, '').replace(/ł/g, 'l').replace(/ø/g, 'o');
const map = (text: string, table: Record<string, string>) =>
  [...text].map((letter) => table[letter] ?? letter).join('');
const code = (text: string, small: number, large = small) =>
  [...plain(text)]
    .map((letter) =>
      /[a-z]/.test(letter)
        ? String.fromCodePoint(small + letter.charCodeAt(0) - 97)
        : /[A-Z]/.test(letter)
          ? String.fromCodePoint(large + letter.charCodeAt(0) - 65)
          : letter,
    )
    .join('');
const cherokee: Record<string, string> = { A: 'Ꭺ', B: 'Ᏼ', C: 'Ꮯ', D: 'Ꭰ', E: 'Ꭼ', G: 'Ꮐ', H: 'Ꮋ', J: 'Ꭻ', K: 'Ꮶ', L: 'Ꮮ', M: 'Ꮇ', P: 'Ꮲ', R: 'Ꭱ', S: 'Ꮪ', T: 'Ꭲ', V: 'Ꮩ', W: 'Ꮃ', Z: 'Ꮓ' }; // biome-ignore format: a table
const armenian: Record<string, string> = { o: 'օ', n: 'ո', u: 'ս', h: 'հ', g: 'ց', q: 'զ', S: 'Տ', U: 'Ս', L: 'Լ' }; // biome-ignore format: a table
const marks = ['\u0300', '\u0301', '\u0323', '\u0337', '\u034f', '\u0489', '\u20dd', '\u0353', '\u035b'];
const hidden = ['\u200b', '\u200c', '\u2060', '\u00ad', '\ufe0f', '\u180e', '\u061c', '\u{e0041}', '\u2063'];
const between = (name: string, random: () => number, some: readonly string[], many = 1) =>
  [...name]
    .map(
      (letter) =>
        letter + (letter === ' ' ? '' : Array.from({ length: many }, () => pick(random, some)).join('')),
    )
    .join('');
const mixed = (name: string, random: () => number) => map(plain(name), random() < 0.5 ? cyrillic : greek);
const camel = (name: string) => plain(name).replace(/[^A-Za-z]/g, '');

/** Whole names, hidden in ways that stand nowhere else in these tests; several mix two. */
export const abroadDisguises: Record<string, Disguise> = {
  'as it is': (name) => name,
  'without marks': plain,
  'small letters without marks': (name) => plain(name).toLowerCase(),
  'in Cherokee capitals': (name) => map(plain(name).toUpperCase(), cherokee),
  'Armenian look-alikes': (name) => map(plain(name), armenian),
  'three alphabets at once': (name) => map(map(plain(name), armenian), cyrillic),
  'bold sans': (name) => code(name, 0x1d5ee, 0x1d5d4),
  script: (name) => code(name, 0x1d4ea, 0x1d4d0),
  'double-struck': (name) => code(name, 0x1d552, 0x1d538).replace(/[\u{1d53a}\u{1d53f}\u{1d545}\u{1d547}-\u{1d549}\u{1d551}]/gu, (letter) => ({ 120122: 'ℂ', 120127: 'ℍ', 120133: 'ℕ', 120135: 'ℙ', 120136: 'ℚ', 120137: 'ℝ', 120145: 'ℤ' })[letter.codePointAt(0)!] ?? letter), // biome-ignore format: one table
  monospace: (name) => code(name, 0x1d68a, 0x1d670),
  'in parentheses': (name) => code(name.toLowerCase(), 0x249c),
  'in black squares': (name) => code(name.toUpperCase(), 0x1f170, 0x1f170),
  'flag letters': (name) => [...code(name.toLowerCase(), 0x1f1e6)].join('\u200b'),
  'full width and zero width': (name, random) => between(code(name, 0xff41, 0xff21), random, hidden),
  zalgo: (name, random) => between(plain(name), random, marks, 6),
  'zalgo over look-alikes': (name, random) => between(mixed(name, random), random, marks, 3),
  'right to left, backwards': (name) => `\u202e${[...plain(name)].reverse().join('')}\u202c`,
  'isolates around letters': (name) => [...plain(name)].map((letter) => `\u2066${letter}\u2069`).join(''),
  'soft hyphens': (name) => [...name].join('\u00ad'),
  'tag characters': (name, random) => between(plain(name), random, ['\u{e0061}', '\u{e007f}', '\u{e0020}']),
  'emoji inside words': (name, random) =>
    words(plain(name))
      .map(
        (word) =>
          word.slice(0, 2) + pick(random, ['😀', '🔥', '⭐', '👩‍🎤', '1️⃣'].slice(0, 4)) + word.slice(2),
      )
      .join(' '),
  'digits and capitals': (name) =>
    [...plain(name)].map((letter, at) => (at % 2 ? letter.toUpperCase() : (leet[letter] ?? letter))).join(''),
  'digits over look-alikes': (name, random) =>
    [...plain(name).toLowerCase()]
      .map((letter) => (random() < 0.3 ? (leet[letter] ?? letter) : (cyrillic[letter] ?? letter)))
      .join(''),
  'digits and dots': (name) =>
    [...plain(name).toLowerCase().replaceAll(' ', '')].map((letter) => leet[letter] ?? letter).join('.'),
  'words in another order': (name) => [...words(name)].reverse().join(' '),
  'other order in small letters': (name) => [...words(plain(name).toLowerCase())].reverse().join(' '),
  camelCase: (name) => {
    const said = camel(name);
    return said[0]!.toLowerCase() + said.slice(1);
  },
  snake_case: (name) =>
    plain(name)
      .toLowerCase()
      .replace(/[ '-]+/g, '_'),
  'kebab-case': (name) => plain(name).toLowerCase().replace(/[ ']+/g, '-'),
  'as a hashtag': (name) => `#${camel(name)}`,
  'hashtag, small letters': (name) => `#${camel(name).toLowerCase()}2025`,
  'as a handle': (name) =>
    `@${plain(name)
      .toLowerCase()
      .replace(/[^a-z]+/g, '_')}`,
  'handle run together': (name) => `@real${camel(name)}`,
  'a file name': (name) => `IMG_0042_${camel(name)}_v3.FINAL.mp4`,
  'a path': (name) => `clips/${plain(name).toLowerCase().replaceAll(' ', '/')}.mov`,
  'a link': (name) => `https://example.org/wiki/${name.replaceAll(' ', '_')}?ref=1`,
  'percent-encoded': (name) => encodeURIComponent(name),
  'words glued around': (name) => `videoof${camel(name).toLowerCase()}dancing`,
  'plus signs': (name) => plain(name).replaceAll(' ', '+'),
  'quoted letters': (name) =>
    [...plain(name)].map((letter) => (letter === ' ' ? ' ' : `"${letter}"`)).join(''),
  'in brackets': (name) =>
    words(name)
      .map((word) => `[${word}]`)
      .join(' '),
  'Markdown around halves': (name) =>
    words(plain(name))
      .map((word) => `**${word.slice(0, 3)}**${word.slice(3)}`)
      .join(' '),
  'HTML entities': (name) =>
    [...plain(name)]
      .map((letter) => (/[aeiou]/.test(letter) ? `&#${letter.charCodeAt(0)};` : letter))
      .join(''),
  'one letter a line': (name) => [...plain(name).replaceAll(' ', '')].join('\n'),
  'words far apart by dots': (name) => name.replaceAll(' ', ' . . . '),
  'in Cyrillic letters': (name) => words(plain(name).toLowerCase().replace(/['-]/g, '')).map((word) => russian.reduce((text, [form, to]) => text.replaceAll(form, to), word)).join(' '), // biome-ignore format: one step
  'possessive, in capitals': (name) => `${plain(name).toUpperCase()}'S`,
  'one letter twice and one wrong': (name, random) => {
    const word = plain(last(name));
    const at = 1 + Math.floor(random() * (word.length - 2));
    return `${plain(name).slice(0, -word.length)}${word.slice(0, at)}${word[at]}${word.slice(at)}`;
  },
};

/** Parts of names, with what supports them. */
export const abroadParts: Record<string, Disguise> = {
  'initial and family name': (name) => `${plain(name)[0]}. ${last(name)}`,
  'initial and family name, small letters': (name) => `${plain(name)[0]}. ${last(name)}`.toLowerCase(),
  'the profession and the family name': (name, _, context) =>
    `${context[0]} ${plain(last(name))} waves from a car`,
  'family name and what is known': (name, _, context) =>
    `${plain(last(name))} of ${context[1] ?? context[0]} fame`,
  'family name, possessive, profession': (name, _, context) => `${last(name)}'s best year as a ${context[0]}`,
  'family name as a hashtag, profession': (name, _, context) =>
    `#${camel(last(name)).toLowerCase()} the ${context[0]}`,
  'initials, profession and what is known': (name, _, context) => `${words(name).map((word) => plain(word)[0]!.toUpperCase()).join('.')}., ${context[0]}, ${context[1] ?? ''}`, // biome-ignore format: one line
};
