/** What languages add to the end of a name, by the script, and what its own ending may be instead. */
const endings: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /(?<=\p{Script=Cyrillic}{2})(?:ом|ем|им|ым|ой|ои|еи|ою|ею|ові|еві|ю|я|а|у|е|и|і|ы)$/u,
    ['а', 'я', 'ь', 'и'],
  ],
  [/(?<=\p{Script=Hangul})(?:에게|에서|으로|처럼|은|는|이|가|을|를|의|와|과|도|로|씨|님|아|야)$/u, []],
  [/(?<=\p{Script=Greek}{2})ου?$/u, ['οσ']],
  [/(?<=\p{Script=Greek}{2}[ηα])$/u, ['σ']],
  [/(?<=\p{Script=Bengali}{3})(?:কে|ের|র|তে)$/u, []],
  [/(?<=\p{Script=Tamil}{3})(?:ின்|ுக்கு|ை|ால்|ிடம்|ின|ுககு|ிடம|ால)$/u, []],
];

/** What Arabic and Hebrew write without a space before a name: and, to, in, of. */
const beginnings = /^(?:لل|[وفبلك]|ש[הלב]|ו[להבמש]|[והבלמשכ])(?=\p{L}{2})/u;

/** The article of Arabic, with which it writes family names that we write without: القذافي. */
const article = /^(?:[وفبك]?ال|لل)(?=\p{L}{3})/u;

/** Ways in which a word may be a name, each as `nativeOf` has it. */
export interface Forms {
  /** As it stands, and without what its language adds. */
  said: readonly string[];
  /** The same with what its own ending may be, as a dictionary of names has it. */
  listed: readonly string[];
}

/** Takes off what a language adds to a name. */
export function uninflected(native: string): Forms {
  const said = [native];
  const own: string[] = [];
  const behind = native.replace(beginnings, '');
  if (behind !== native) said.push(behind);
  const bare = native.replace(article, '');
  if (bare !== native && !said.includes(bare)) said.push(bare);
  for (const [ending, instead] of endings) {
    if (!ending.test(native)) continue;
    const stem = native.replace(ending, '');
    if (stem !== native) said.push(stem);
    own.push(...instead.map((end) => stem + end));
  }
  // What Greek leaves out is heard: "Παντελή" of Παντελής.
  const heard = /\p{Script=Greek}/u.test(native) ? [...said, ...own] : said;
  return { said: heard, listed: [...said, ...own] };
}

/** Words to which nothing is added. */
export function asWritten(words: readonly string[]): Forms {
  return { said: words, listed: words };
}
