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

/** Whether a piece stands where a profession has a name beside it, in words that no list has: "Roe, le boulanger". */
export function isApposed(sight: Sight, at: number, lexicon: Lexicon): boolean {
  const [article, noun] = [sight.pieces[at + 1], sight.pieces[at + 2]];
  return (
    article?.before === 'comma' &&
    articles.test(article.letters) &&
    noun?.before === 'space' &&
    noun.letters.length > 3 &&
    !(noun.capital || noun.capitals) &&
    !isPlace(noun, lexicon)
  );
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
