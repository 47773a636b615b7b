import type { Lexicon } from './lexicon.ts';
import type { Piece } from './reading.ts';
import type { Sight } from './sight.ts';

/** How near to a name a title or a profession stands that is said of it: "the boulanger Roe", "Roe, the baker". */
const beside = 2;

/** Whether a title, a profession or a form of address stands beside a piece: "Nurse Roe", "Roe Hanım", "Roe-san". */
export function isTitled(sight: Sight, at: number, lexicon: Lexicon): boolean {
  return [before(sight, at, lexicon), behind(sight, at, lexicon)].some((side) =>
    side.some(
      (near, away) =>
        lexicon.isTitle(near.letters) ||
        lexicon.roles(near.letters).some(({ noun }) => noun) ||
        (away === 0 && isAddress(near, lexicon)),
    ),
  );
}

/** Whether a title or a profession leads to a piece with nothing between: "Nurse Roe". */
export function isTitledAtOnce({ pieces }: Sight, at: number, lexicon: Lexicon): boolean {
  const before = pieces[at - 1];
  if (before === undefined || pieces[at]!.before !== 'space') return false;
  return lexicon.isTitle(before.letters) || lexicon.roles(before.letters).some(({ noun }) => noun);
}

/** Whether something says of a word that it is somebody: what they do, in words that no list has ("the tailor Roe", "Skipper Roe"), their age ("old Roe"), or where they belong ("Roe from accounts"). */
export function isIntroduced(sight: Sight, at: number, lexicon: Lexicon): boolean {
  const piece = sight.pieces[at]!;
  if (sight.headline || !(piece.capital || piece.capitals)) return false;
  return isCalledSomething(sight, at, lexicon) || isFromSomewhere(sight, at, lexicon);
}

const ages = /^(?:old|young|little|poor|dear|good|mad|big|auntie|aunt|uncle|cousin|grandpa|grandma|alte[rn]?|junge[rn]?|viejo|vieja|vieux|vieille|vecchio|vecchia|velho|velha)$/; // biome-ignore format: one line

const offspring = /^(?:boys?|girls?|kids?|twins|brothers|sisters|family|lad|lass)$/;

function isCalledSomething(sight: Sight, at: number, lexicon: Lexicon): boolean {
  const before = sight.pieces[at - 1];
  if (before === undefined || sight.pieces[at]!.before !== 'space') return false;
  if (ages.test(before.letters)) return true;
  // "La Bustamante".
  if (/^(?:la|il|der|die|den)$/.test(before.letters) && !before.capital) return true;
  // "The Roe boy".
  const next = sight.pieces[at + 1];
  if (articles.test(before.letters) && next?.before === 'space' && offspring.test(next.letters)) return true;
  const isGiven = lexicon.isGiven(before.letters) && (before.capital || before.capitals);
  if (isGiven || before.letters.length < shortNoun || isPlace(before, lexicon)) return false;
  if (before.before === 'space' && isAfterArticle(sight, at - 1)) return true;
  if (before.letters.length < longNoun || lexicon.isParticle(before.letters)) return false;
  // Of another language what stands before a name is no word of ours: "kierownik Roe".
  const isWord = isNoun(before.letters) || sight.plain[at - 1] === 'unknown';
  return isWord && (!(before.capital || before.capitals) || at === 1);
}

/** "The tailor", "the delivery guy", "der Schneider"; nothing else has a capital there. */
function isAfterArticle({ pieces }: Sight, at: number): boolean {
  const [noun, before, beyond] = [pieces[at]!, pieces[at - 1], pieces[at - 2]];
  if (before === undefined) return false;
  if (articles.test(before.letters)) return !noun.capital || /^(?:der|die|den)$/.test(before.letters);
  const isTold = [noun, before].every((piece) => !piece.capital && piece.before === 'space');
  return isTold && beyond !== undefined && articles.test(beyond.letters);
}

/** Letters of what somebody is called before their name, and of that with an article. */
const longNoun = 4;
const shortNoun = 3;

/** What ends as those who do something do, in English: "Skipper", "Trainee", "Librarian". */
function isNoun(letters: string): boolean {
  return /(?:er|or|ist|man|woman|ee|ian|ant|boy|girl)$/.test(letters);
}

/** "Roe from accounts", and not "Roe from Berlin" or "Roe from above". */
function isFromSomewhere({ pieces }: Sight, at: number, lexicon: Lexicon): boolean {
  const [from, ...rest] = pieces.slice(at + 1, at + 4);
  if (from?.before !== 'space') return false;
  // "O Roe da oficina".
  const isArticle = at > 0 && pieces[at]!.before === 'space' && articles.test(pieces[at - 1]!.letters);
  if (from.letters !== 'from' && !(isArticle && /^(?:da|do|del|della|dal|du|vom|aus|van)$/.test(from.letters))) return false; // biome-ignore format: one line
  const noun = rest.find((piece) => !/^(?:the|our|my|next)$/.test(piece.letters));
  return noun !== undefined && !noun.capital && !noun.capitals && noun.letters.length >= longNoun && !lexicon.isBeforePlaces(noun.letters) && !/^(?:above|below|behind|under|where|which|there|here|afar)$/.test(noun.letters); // biome-ignore format: one line
}

/** Whether a piece stands where a profession has a name beside it, in words that no list has: "Roe, le boulanger". */
export function isApposed(sight: Sight, at: number, lexicon: Lexicon): boolean {
  const [article, noun, next] = sight.pieces.slice(at + 1, at + 4);
  if (article?.before !== 'comma' || !articles.test(article.letters) || noun?.before !== 'space')
    return false;
  const isGerman = /^(?:der|die|das)$/.test(article.letters);
  if (noun.letters.length < longNoun || ((noun.capital || noun.capitals) && !isGerman)) return false;
  // "Our school principal" is no school.
  return !isPlace(noun, lexicon) || (next?.before === 'space' && lexicon.roles(next.letters).length > 0);
}

const articles =
  /^(?:the|our|my|your|his|her|le|la|el|il|lo|der|die|das|de|het|mon|ma|notre|mi|mein|meine|unser|unsere|onze|mijn|nuestro|nuestra|nosso|nossa|o|min|mitt|var)$/;

function isPlace({ letters }: Piece, lexicon: Lexicon): boolean {
  return lexicon.isBeforePlaces(letters) || lexicon.honours(letters);
}

/** "M. Roe", where "m" is only so much of something. */
function isAddress(piece: Piece, lexicon: Lexicon): boolean {
  if (piece.letters.length === 1 && !(piece.dot && piece.capital)) return false;
  return lexicon.isAddress(piece.letters);
}

/** The pieces that lead to a name in the same sentence, the nearest first; "van" is part of the name. */
function before({ pieces }: Sight, at: number, lexicon: Lexicon): Piece[] {
  let from = at;
  while (from > 0 && pieces[from]!.before !== 'stop' && lexicon.isParticle(pieces[from - 1]!.letters)) from--;
  const found: Piece[] = [];
  for (let i = from; i > 0 && pieces[i]!.before !== 'stop' && found.length < beside; i--)
    found.push(pieces[i - 1]!);
  return found;
}

/** Those that follow it; an article between does not count. */
function behind({ pieces }: Sight, at: number, lexicon: Lexicon): Piece[] {
  const found: Piece[] = [];
  for (let i = at + 1; i < pieces.length && pieces[i]!.before !== 'stop' && found.length < beside; i++)
    if (found.length > 0 || !lexicon.isParticle(pieces[i]!.letters)) found.push(pieces[i]!);
  return found;
}
