/** What a word of another script says, or a name in ours, as it is compared over scripts: consonants in classes that no way of writing tells apart. */

/** Ways to read a word are multiplied by each letter that may be two things; more than these are not looked up. */
const mostKeys = 6;

/** Letters that say one thing, longest first, on each side; of several classes each is tried. Vowels, h and w are not written, or written as each other.
 *
 *   P  b p f       v is dropped: Вилл and Уилл are Will
 *   T  t d         th is also said as S: スミス is Smith
 *   K  k g q       г is also H: Гамільтон is Hamilton; х is also K
 *   S  s z sh ch zh j ts
 *   M N L R        in scripts of syllables one: ン before p is m, ロバート is Robert */
type Rules = readonly (readonly [string, readonly string[]])[];

const ours: Rules = rulesOf(
  'sch:S,SK tch:S tsch:S cz:S sz:S chr:KR,SR ch:S,K sh:S zh:S dzh:S dj:S th:T,S ph:P, gh:,K kh:K, ck:K cq:K cc:K cci:S cce:S sce:S sci:S ce:S ci:S cy:S c:K qu:K q:K x:KS ge:S,K gi:S,K gy:S,K gn:N,KN gl:L,KL g:K j:S, b:P p:P f:P v: w: t:T d:T k:K s:S z:S m:M n:N l:L r:R',
);
const theirs: Rules = rulesOf(
  'shch:S,ST tch:S dzh:S tsh:S zh:S sh:S ch:S th:T,S kh:,K gh:K, dz:S dj:S ts:S ph:P c:S q:K,S x:S g:K, j:S, b:P, p:P f:P, v:,P w: t:T d:T k:K s:S z:S m:M n:N l:L r:R',
);

function rulesOf(text: string): Rules {
  return text
    .split(' ')
    .map((rule) => rule.split(':') as [string, string])
    .map(([letters, classes]) => [letters, classes.split(',')] as const)
    .sort(([a], [b]) => b.length - a.length);
}

/** What a word of a name may be in another alphabet, and (in small letters) in a script of syllables. */
export function keysOfName(word: string): readonly string[] {
  const forms = [word.replace(/^(?:kn|gn|pn)/, 'n').replace(/^ps/, 's')];
  // Margot is Марго; Arnault is Арно.
  if (/(?:ot|et|ault|aud|ont|ard|oux|eaux|ois|ais)$/.test(word)) forms.push(word.replace(/[tdxs]+$/, ''));
  const keys = new Set(forms.flatMap((form) => keysOf(form, ours)));
  const syllables = new Set([...keys].map(ofSyllables));
  // フォード is Ford, 唐纳德 is Donald.
  const soft = word.replace(/[lr]+(?=[^aeiouylr]|$)/g, '');
  if (soft !== word) for (const key of keysOf(soft, ours)) syllables.add(ofSyllables(key));
  return [...keys, ...syllables];
}

/** What a word of another script may be, as it is transliterated. */
export function keysOfForeign(word: string, syllables: boolean): readonly string[] {
  const keys = keysOf(word, theirs);
  return syllables ? [...new Set(keys.map(ofSyllables))] : keys;
}

/** Scripts of syllables tell l from r and m from n badly. */
function ofSyllables(key: string): string {
  return key
    .replaceAll('R', 'L')
    .replaceAll('M', 'N')
    .replace(/(.)\1+/g, '$1')
    .toLowerCase();
}

function keysOf(word: string, rules: Rules): string[] {
  let keys = [''];
  for (let at = 0; at < word.length; ) {
    const rule = rules.find(([letters]) => word.startsWith(letters, at));
    if (rule === undefined) {
      at++;
      continue;
    }
    const [letters, classes] = rule;
    // A vowel that softens is only looked at.
    at += /^(?:cc|sc|c|g)[eiy]$/.test(letters) ? letters.length - 1 : letters.length;
    const grown = keys.flatMap((key) => classes.map((one) => key + one));
    keys = grown.length > 2 * mostKeys ? keys.map((key) => key + classes[0]) : grown;
  }
  const folded = keys.map((key) => key.replace(/TS/g, 'S').replace(/(.)\1+/g, '$1'));
  return [...new Set(folded)].filter((key) => key !== '').slice(0, mostKeys);
}

const nameSounds: readonly (readonly [RegExp, string])[] = [
  [/^kn|^gn|^pn/, 'n'],
  [/^wr/, 'r'],
  [/^wh/, 'w'],
  [/tsch|tch|cz/g, 'C'],
  [/sch/g, 'S'],
  [/sh|sz/g, 'S'],
  [/cc(?=[ei])/g, 'C'],
  [/sc(?=[ei])/g, 'S'],
  [/dg(?=[ei])|dj|dzh/g, 'J'],
  [/ch/g, 'C'],
  [/th/g, 't'],
  [/ph/g, 'f'],
  [/gh(?=[^aeiou]|$)/g, ''],
  [/ck|cq|cc/g, 'k'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
  [/qu/g, 'kv'],
  [/q/g, 'k'],
  [/x/g, 'ks'],
  [/j/g, 'J'],
];
const foreignSounds: readonly (readonly [RegExp, string])[] = [
  [/shch/g, 'S'],
  [/dzh|dj|dz/g, 'J'],
  [/tsh|tch|ch/g, 'C'],
  [/zh/g, 'Z'],
  [/sh/g, 'S'],
  [/kh/g, 'h'],
  [/gh/g, 'g'],
  [/th/g, 't'],
  [/ph/g, 'f'],
  [/ts/g, 'c'],
  [/q/g, 'k'],
  [/x/g, 'S'],
  [/j/g, 'J'],
];

/** A word as its sounds, a letter each: of a name in up to two ways, as it is spelled and as English says it. */
export function soundsOfName(word: string): readonly string[] {
  const spelled = nameSounds.reduce((text, [form, instead]) => text.replace(form, instead), word);
  const english = spelled
    .replace(/(?<=[^aeiou][aeiou][^aeiouwy])e$/, '')
    .replace(/(?<=.{2})e$/, '')
    .replace(/e?igh|ay|ai|ey|ei/g, 'e')
    .replace(/ee|ea|ie/g, 'i')
    .replace(/oo|ou|ew|ue/g, 'u')
    .replace(/au|aw|oa|ow/g, 'o')
    .replace(/([a-z])\1+/gi, '$1');
  const french = /(?:ot|et|ault|aud|ard|oux|eaux|eau|ois|ais|ont)$/.test(word)
    ? [
        spelled.replace(/(?:ault|aud|aux|eau|au)$|(?<=o)t$|(?<=[eu])t$|[dxs]$|(?<=on)t$/, (end) =>
          end.includes('au') ? 'o' : '',
        ),
      ]
    : [];
  // Mike is Майк, Kate is Кейт.
  const long = english
    .replace(
      /(?<=[^aeiou])[iy](?=[^aeiouy]+[aeiouy])|(?<=[^aeiou])[iy](?=[^aeiou]$)/,
      word.endsWith('e') || /[iy][^aeiouy][aeiouy]/.test(word) ? 'ai' : '$&',
    )
    .replace(/a(?=[^aeiouy]$)/, word.endsWith('e') ? 'ei' : '$&');
  return [...new Set([spelled.replace(/([a-z])\1+/gi, '$1'), english, long, ...french])];
}

export function soundsOfForeign(word: string): string {
  return foreignSounds
    .reduce((text, [form, instead]) => text.replace(form, instead), word)
    .replace(/([a-z])\1+/gi, '$1');
}
