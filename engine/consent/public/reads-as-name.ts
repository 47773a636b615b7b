import { loadLexicon } from '../matcher/lexicon.ts';
import { nameKey } from '../registry/name-key.ts';

/** Whether words are a name, as far as a list of words can tell: at least two, one of which is a given name or no word of the language. A single word
 * may be a flower, and "golden retriever", "New York" and "Coca Cola" would be taken from everybody: those wait for a moderator. */
export async function readsAsName(name: string): Promise<boolean> {
  const words = nameKey(name)
    .split(' ')
    .filter((word) => word !== '');
  if (words.length < 2) return false;
  const lexicon = await loadLexicon();
  return words.some((word) => lexicon.isGiven(word) || lexicon.plainness(word) === 'unknown');
}
