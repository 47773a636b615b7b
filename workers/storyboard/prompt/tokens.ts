/** A word of a prompt: as written, in lower case, and in the singular. */
export interface Token {
  raw: string;
  word: string;
  stem: string;
  /** Whether the word stands in the plural. */
  plural: boolean;
  /** Whether a stop (comma, full stop) stands before it. */
  stopped: boolean;
}

const irregular: Readonly<Record<string, string>> = {
  people: 'person',
  men: 'man',
  women: 'woman',
  children: 'child',
  kids: 'kid',
  geese: 'goose',
  wolves: 'wolf',
  leaves: 'leaf',
  ladies: 'lady',
  families: 'family',
  buses: 'bus',
  churches: 'church',
  fishermen: 'fisherman',
  mice: 'mouse',
  feet: 'foot',
  teeth: 'tooth',
  oxen: 'ox',
  lighthouses: 'lighthouse',
  houses: 'house',
  horses: 'horse',
  axes: 'axe',
  knives: 'knife',
  sheep: 'sheep',
  bus: 'bus',
  grass: 'grass',
  lens: 'lens',
};

/** Cuts a prompt into at most 400 words; whatever is no letter, digit, hyphen or apostrophe parts them. */
export function tokens(prompt: string): Token[] {
  const found: Token[] = [];
  let stopped = false;
  for (const [piece] of prompt
    .slice(0, 8000)
    .normalize('NFC')
    .matchAll(/[\p{L}\p{N}][\p{L}\p{N}'’-]*|[,.;:!?]/gu)) {
    if (/^[,.;:!?]$/.test(piece)) {
      stopped = true;
      continue;
    }
    const word = piece.toLowerCase().replace(/['’]s$/, '');
    const stem = singular(word);
    found.push({
      raw: piece,
      word,
      stem,
      plural: stem !== word || ['people', 'sheep'].includes(word),
      stopped,
    });
    stopped = false;
    if (found.length === 400) break;
  }
  return found;
}

/** English singular, good enough for a word list. */
export function singular(word: string): string {
  const known = irregular[word];
  if (known) return known;
  if (word.length < 4 || !word.endsWith('s') || /(ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(ch|sh|x|ss|z)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}
