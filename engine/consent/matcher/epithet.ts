import type { Lexicon } from './lexicon.ts';
import type { Names } from './names.ts';
import { isEveryday, type Sight } from './sight.ts';
import { isOwned } from './something-else.ts';
import { supportFor } from './support.ts';

const addresses = /^(?:sir|dame|dr|doctor|uncle|aunt|mr|mister|captain)$/;
const foreign = /^(?:el|la|il|lo|le|o|der|die|das)$/;

/** Whether what somebody is called besides their name is an article or ordinary words: "The Rock", "El Diego", "Iron Lady", and not "Cassius Clay". None of its
 * words is a name, so no word alone means them. */
export function isEpithet(words: readonly string[], lexicon: Lexicon): boolean {
  if (words.length < 2) return false;
  if (hasArticle(words) || words.includes('of')) return true;
  if (words.length === 2 && isAddress(words[0]!)) return true;
  return words.every((word) => isWord(word, lexicon) && !lexicon.isGiven(word) && !lexicon.isFamily(word));
}

/** An ordinary word of ours, or one of another language: "Rey Pop Latino". */
function isWord(word: string, lexicon: Lexicon): boolean {
  return isEveryday(lexicon.plainness(word)) || lexicon.abroad().isSeen(word);
}

export function isAddress(word: string): boolean {
  return addresses.test(word);
}

/** Whether it begins with an article. */
export function hasArticle(words: readonly string[]): boolean {
  return words[0] === 'the' || foreign.test(words[0]!);
}

/** A name, and the pieces that say it. */
export interface Said {
  sight: Sight;
  from: number;
  to: number;
  name: number;
  names: Names;
  lexicon: Lexicon;
}

/** Words of one that says who is meant: "the wolf in cashmere". */
const longEpithet = 4;

/** Whether an epithet that begins with an article means somebody: it has a capital, or the text tells what they are known for. "The King" and
 * "The Boss" are others too, whatever their letters; so is any noun of German. */
export function isMeant({ sight, to, name, names, lexicon }: Said): boolean {
  const words = names.wordsOf(name);
  if (words.length >= longEpithet) return true;
  // "The donald", "el peje", "the rock's face".
  if (words.slice(1).some((word) => lexicon.isGiven(word) && !isEveryday(lexicon.plainness(word))))
    return true;
  if (
    /^(?:the|el|il)$/.test(words[0]!) &&
    words.slice(1).some((word) => lexicon.plainness(word) === 'unknown')
  )
    return true;
  if (sight.pieces[to]!.possessive && isOwned(sight, to)) return true;
  const isRole = lexicon.roles(words.at(-1)!).some(({ noun }) => noun) || lexicon.isTitle(words.at(-1)!);
  const anybody = (words.length === 2 && isRole) || /^d(?:er|ie|as)$/.test(words[0]!);
  if (sight.capital[to] && !anybody) return true;
  const support = supportFor(sight, to, name, names);
  return support === 'specific' || (!anybody && (support === 'next' || support === 'beside'));
}

const articles = /^(?:an?|the|two|three|some)$/;
const shows = /^(?:of|starring|featuring|with|by)$/;
const pictures =
  /^(?:videos?|photos?|deepfakes?|pictures?|images?|portraits?|clips?|footage|selfies?|faces?)$/;

/** "A photo of adele". */
export function isShown({ pieces }: Sight, at: number): boolean {
  const [picture, of] = [pieces[at - 2], pieces[at - 1]];
  return (
    picture !== undefined && of !== undefined && shows.test(of.letters) && pictures.test(picture.letters)
  );
}

/** "bad_bunny.png". */
function isFile({ pieces }: Sight, from: number, to: number): boolean {
  const isJoined = pieces.slice(from + 1, to + 1).every(({ before }) => before === 'joint');
  return isJoined && pieces[to + 1]?.before === 'joint';
}

/** Whether ordinary words in small letters that are a stage name say what they say, "an ice cube": none of them is a given name, and nothing is told that its bearer is known for. */
export function isThing({ sight, from, to, name, names, lexicon }: Said): boolean {
  // "young will smith" and a private person called Summer Rain are somebody.
  if (!names.isPublic(name) || names.wordsOf(name).some((word) => lexicon.isGiven(word))) return false;
  const before = sight.pieces[from]!.before === 'space' ? sight.pieces[from - 1] : undefined;
  if (!before || !articles.test(before.letters))
    if (sight.pieces[to]!.possessive || isShown(sight, from) || isFile(sight, from, to)) return false;
  return (before && /^an?$/.test(before.letters)) || supportFor(sight, to, name, names) === 'none';
}
