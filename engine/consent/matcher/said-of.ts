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

/** Whether something says of a word that it is somebody: what they do, in words that no list has ("the tailor Roe", "Skipper Roe"), their age ("old Roe"), or where they belong ("Roe from accounts"). */
export function isIntroduced(sight: Sight, at: number, lexicon: Lexicon): boolean {
  const piece = sight.pieces[at]!;
  if (sight.headline || !(piece.capital || piece.capitals)) return false;
  return isCalledSomething(sight, at, lexicon) || isFromSomewhere(sight, at, lexicon);
}

const ages = /^(?:old|young|little|poor|dear|good|mad|big|auntie|aunt|uncle|cousin|grandpa|grandma|alte[rn]?|junge[rn]?|viejo|vieja|vieux|vieille|vecchio|vecchia|velho|velha)$/; // biome-ignore format: one line

const offspring = /^(?:boys?|girls?|kids?|twins|brothers|sisters|family|lad|lass)$/;

function isCalledSomething(sight: Sight, at: number, lexicon: Lexicon): boolean {
  const [before, beyond] = [sight.pieces[at - 1], sight.pieces[at - 2]];
  if (before === undefined || sight.pieces[at]!.before !== 'space') return false;
  if (ages.test(before.letters)) return true;
  // "The Roe boy".
  const next = sight.pieces[at + 1];
  if (articles.test(before.letters) && next?.before === 'space' && offspring.test(next.letters)) return true;
  if (before.letters.length < longNoun || before.native !== '' || isPlace(before, lexicon)) return false;
  if (lexicon.isParticle(before.letters) || lexicon.isGiven(before.letters)) return false;
  const follows = beyond !== undefined && before.before === 'space' && articles.test(beyond.letters);
  const isGerman = follows && /^(?:der|die|den)$/.test(beyond.letters);
  if (before.capital) return isGerman || (at === 1 && isNoun(before.letters));
  return follows || isNoun(before.letters);
}

/** Letters of what somebody is called before their name. */
const longNoun = 4;

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
