/** What writers of English put for a sound that they hear, the usual first; `>` only at the end of a word, `<` only at its beginning. */
const spellings: Readonly<Record<string, string>> = {
  // Vowels.
  a: 'a ah>',
  aː: 'ah a',
  ɑ: 'a o ah',
  ɑː: 'ah a ar',
  æ: 'a',
  ɐ: 'a u uh>',
  ʌ: 'u a',
  ɒ: 'o',
  o: 'o oh oe>',
  oː: 'o oh oa',
  ɔ: 'o aw',
  ɔː: 'aw or o',
  e: 'e ay eh> ey>',
  eː: 'ay e ai',
  ɛ: 'e eh',
  ɛː: 'air e eh',
  ə: 'e a u uh> a> er>',
  ɚ: 'er',
  ɜː: 'er ur',
  ɜ: 'er ur',
  i: 'ee i y> ie> ee>',
  iː: 'ee ea i y>',
  ɪ: 'i e',
  ᵻ: 'i e',
  ɨ: 'i u ee',
  ɯ: 'u i',
  u: 'oo u ou',
  uː: 'oo u ew>',
  ʊ: 'oo u',
  ʉ: 'u oo',
  ɵ: 'o u',
  y: 'u oo ew ee',
  ø: 'er u oe e eu',
  œ: 'er u oe e',
  eɪ: 'ay ai a ey>',
  aɪ: 'ai y ie igh i eye>',
  oʊ: 'o oh oa ow>',
  əʊ: 'o oh oa ow>',
  aʊ: 'ow ou',
  ɔɪ: 'oy oi',
  ɔø: 'oy oi',
  ɑ̃: 'on an ahn ong',
  ɔ̃: 'on ohn own',
  ɛ̃: 'an en ain',
  œ̃: 'un an',
  ɐ̃: 'an un am',
  ɐ̃ʊ̃: 'ow own awn oun',
  õ: 'on om',
  ũ: 'oon um',
  // Consonants.
  b: 'b',
  β: 'b v',
  c: 'k ch',
  ɕ: 'sh',
  ç: 'sh ch h',
  d: 'd',
  dʑ: 'j',
  dʒ: 'j',
  dz: 'dz ds z',
  ð: 'th d',
  f: 'f',
  ɡ: 'g',
  ɣ: 'g gh',
  ɟ: 'dj j dy',
  h: 'h',
  j: 'y',
  ʝ: 'y',
  k: 'k c',
  kh: 'k c',
  l: 'l',
  ɫ: 'l',
  ɬ: 'l thl hl',
  ʎ: 'ly y l',
  m: 'm',
  n: 'n',
  ŋ: 'ng n',
  ɲ: 'ny n',
  p: 'p',
  ph: 'p',
  r: 'r',
  ɾ: 'r',
  ɹ: 'r',
  ʁ: 'r',
  r̝: 'rzh zh rsh r',
  s: 's',
  ʂ: 'sh',
  ʃ: 'sh',
  t: 't',
  th: 't',
  tɕ: 'ch tch>',
  tɕh: 'ch',
  tʃ: 'ch tch>',
  ts: 'ts tz',
  tsh: 'ts',
  θ: 'th s',
  v: 'v',
  ʋ: 'v',
  w: 'w',
  x: 'h kh k ch>',
  χ: 'h kh',
  z: 'z s',
  ʐ: 'zh r',
  ʒ: 'zh j',
  ʑ: 'zh',
  ɗ: 'd',
  ʔ: '-',
};

/** Written twice between a short vowel and another. */
const doubled = /^[bdfgklmnprstz]$/;

/** What is no sound: stress, tones, ties, and voices that espeak changes to. */
const marks = /[ˈˌ.?0-9ˑ]|\u032a|\u032f|\u0329|\u030a|\u0361|\([a-z-]+\)/gu;

/** Signs that espeak writes for others. */
const same: Readonly<Record<string, string>> = { ε: 'ɛ', A: 'a' };

/** A name as somebody spells it who hears it, in some ways; `sounds` in IPA, `_` between them. What no spelling is known for is left out; such a name has none. */
export function respell(sounds: string, ways: number): string[] {
  const parts = sounds
    .normalize('NFC')
    .replace(marks, '')
    .replace(/[εA]/g, (sign) => same[sign]!)
    .split(/[_ ]/)
    .filter(Boolean)
    .flatMap(apart);
  if (parts.some((part) => !(part in spellings))) return [];
  const next = numbers(sounds);
  const found = new Set<string>();
  for (let way = 0; way < ways; way++)
    found.add(parts.map((part, at) => spell(part, at, parts, way, next)).join(''));
  return [...found].map((form) => form.replace(/(.)\1\1+/g, '$1$1')).filter((form) => form.length > 1);
}

/** One of the spellings of a sound at a place: at first the usual one. */
function spell(part: string, at: number, parts: readonly string[], way: number, next: () => number): string {
  const isLast = at === parts.length - 1;
  const all = spellings[part]!.split(' ');
  const may = all
    .filter((form) => !form.endsWith('>'))
    .concat(isLast ? all.filter((form) => form.endsWith('>')) : []);
  // The usual one is taken as often as the others together.
  const chosen = may[way === 0 || next() < 0.5 ? 0 : Math.floor(next() * may.length)]!.replace('>', '');
  if (chosen === '-') return '';
  return doubled.test(chosen) && at > 1 && !isLast && next() < 0.1 ? chosen + chosen : chosen;
}

/** A sound that espeak joins to another, as those: the longest that is known first. */
function apart(part: string): string[] {
  const found: string[] = [];
  for (let from = 0; from < part.length; ) {
    let to = part.length;
    while (to > from && !(part.slice(from, to) in spellings)) to--;
    if (to === from) {
      // Length, and what makes a sound a little other.
      if (!/[ːʲʰ-]|\u0303/u.test(part[from]!)) return ['unknown'];
      from++;
      continue;
    }
    found.push(part.slice(from, to));
    from = to;
  }
  return found;
}

/** The same numbers from 0 to 1 for the same text (mulberry32). */
function numbers(text: string): () => number {
  let state = [...text].reduce((sum, sign) => Math.imul(sum ^ sign.codePointAt(0)!, 16777619), 2166136261);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
