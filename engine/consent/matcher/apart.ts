import { isSomebodyElse } from './companions.ts';
import type { Emit } from './hit.ts';
import type { Lexicon } from './lexicon.ts';
import { hashOfPair } from './multi-map.ts';
import type { Names } from './names.ts';
import type { Piece } from './reading.ts';
import { isEveryday, type Sight } from './sight.ts';

/** How many words away the other part of a name is looked for. */
const farthest = 16;

/** Letters of a family name that says enough by itself. */
const shortest = 4;

/** Words that say that a name is told in parts, in the languages in which most prompts come. */
const telling =
  /^(?:(?:sur|fore|last|first|nick)?names?|named|called|n[ée]e|vorname|nachname|familienname|heisst|prenom|nom|appelle|apellidos?|apellida|nombre|llama|llamada?|sobrenome|apelido|nome|cognome|chiama|imie|nazwisko|adi|soyadi|isim|soyisim|voornaam|achternaam|heet|fornamn|efternamn|fornavn|etternavn|efternavn|etunimi|sukunimi|jmeno|prijmeni|ime|prezime|prenume|numele?|initials?|spelled|letters)$/;
const somebody = /^(?:man|woman|guy|girl|boy|person|dude|lady|one|name)$/;
const field = /^(?:given|family|first|last|sur|fore)$/;

/** Finds names whose first and last word stand apart from each other in one text: "first name Jane, last name Roe", "Jane … (pause) … Roe", "JANE "THE KNIFE" ROE". A family name that is nothing
 * else supports itself; of others the text says that a name is told, or has nothing but an aside between. */
export function findApart(sight: Sight, text: string, names: Names, lexicon: Lexicon, emit: Emit): void {
  const { pieces, reading } = sight;
  if (reading.syllables || pieces.length < 2) return;
  const words = pieces.map((piece) => wordsAt(piece, names));
  const tellings = pieces.flatMap((piece, at) => (tells(pieces, piece, at, text) ? [at] : []));
  for (let first = 0; first < pieces.length - 1; first++)
    for (const x of words[first]!)
      for (let last = first + 1; last < Math.min(pieces.length, first + farthest + 1); last++)
        for (const y of words[last]!) {
          const hash = hashOfPair(x, y);
          for (let entry = names.pairs.first(hash); entry !== -1; entry = names.pairs.next(entry)) {
            const name = names.pairs.value(entry);
            if (!names.isAlive(name)) continue;
            const [w0, wn] = [names.wordOf(name, 0), names.wordOf(name, names.lastAt(name))];
            const family = w0 === x ? last : w0 === y ? first : wn === y ? last : first;
            const given = family === last ? first : last;
            const full = (w0 === x && wn === y) || (w0 === y && wn === x);
            if (isOther(sight, family, name, names, lexicon)) continue;
            const isField = full && hasFields(pieces, first, last);
            const meant = reading.disguise
              ? isField
              : isField ||
                isDistinct(sight, given, family, lexicon) ||
                (full && (isOfFamily(sight, given, family) || isOfKin(sight, given, family))) ||
                (full && names.isPublic(name) && isMeant(sight, given, family, name, names)) ||
                (full && isTold(sight, first, last, tellings)) ||
                (full && family === last && hasAside(sight, text, first, last));
            if (!meant) continue;
            const [start, end] = [pieces[first]!.starts[0]!, pieces[last]!.ends.at(-1)!];
            emit({ start, end, name, verdict: 'review', how: 'split' });
          }
        }
}

function wordsAt(piece: Piece, names: Names): number[] {
  const { letters, possessive } = piece;
  if (letters.length < 2) return [];
  const forms = isOfMany(piece) ? [letters, letters.slice(0, -1)] : [letters];
  return (possessive ? [letters.slice(0, -1)] : forms)
    .map((form) => names.vocabulary.id(form))
    .filter((id) => id !== -1);
}

/** "The Roes", "the Roes' son". */
function isOfMany({ letters, possessive }: Piece): boolean {
  return !possessive && letters.length > shortest && letters.endsWith('s');
}

function tells(pieces: readonly Piece[], { letters, ends }: Piece, at: number, text: string): boolean {
  if (telling.test(letters)) return true;
  // "Jane, as in Roe"; "Jane … Roe … same woman".
  if (letters === 'as' && pieces[at + 1]?.letters === 'in') return true;
  if (letters === 'same' && somebody.test(pieces[at + 1]?.letters ?? '')) return true;
  // "given=Jane", "last: Roe".
  return field.test(letters) && (pieces[at + 1]?.before === 'joint' || text[ends.at(-1)!] === ':');
}

/** "Jane, you know, of the Roe family", "Jane, the Roe one". */
function isOfFamily({ pieces }: Sight, given: number, family: number): boolean {
  const [before, next] = [pieces[family - 1], pieces[family + 1]];
  return (
    given < family &&
    before?.letters === 'the' &&
    next?.before === 'space' &&
    /^(?:family|clan|dynasty|one)$/.test(next.letters)
  );
}

const kin =
  /^(?:son|daughter|kid|boy|girl|child|baby|twin|brother|sister|mother|mum|mom|father|dad|husband|wife|uncle|aunt|cousin|nephew|niece|grandson|granddaughter|grandfather|grandmother|grandpa|grandma|eldest|youngest)$/;

/** Words between a family and its kin. */
const nearKin = 4;

/** "The Roes' son Jane", "Jane, the Roes' daughter". */
function isOfKin({ pieces }: Sight, given: number, family: number): boolean {
  const [first, last] = given < family ? [given, family] : [family, given];
  if (last - first > nearKin || !(pieces[family]!.possessive || isOfMany(pieces[family]!))) return false;
  const told = given < family ? [pieces[family + 1], pieces[family + 2]] : pieces.slice(first + 1, last);
  return told.some((piece) => piece !== undefined && piece.before !== 'stop' && kin.test(piece.letters));
}

/** Both written as names, and neither an ordinary word but where its capital says otherwise, or something that the person is known for: "Jane walks on stage. Roe lifts the microphone." */
function isMeant(
  { pieces, plain, capital, headline, context }: Sight,
  given: number,
  family: number,
  name: number,
  names: Names,
): boolean {
  const both = [given, family];
  if (headline || !both.every((at) => pieces[at]!.capital || pieces[at]!.capitals)) return false;
  // "Elon, and yes I mean Musk".
  const isName = (at: number) => !isEveryday(plain[at]!);
  return (
    (both.some(isName) && both.every((at) => isName(at) || capital[at] || isSaidAlone(pieces, at))) ||
    names.hasContext(name, context(family).any)
  );
}

/** "… a motorbike. Gosling, obviously": a sentence begins and goes no further. */
function isSaidAlone(pieces: readonly Piece[], at: number): boolean {
  const next = pieces[at + 1]?.before ?? 'stop';
  return pieces[at]!.before === 'stop' && (next === 'comma' || next === 'stop');
}

/** A family name that is no other word, and a word that may be a given name, written as such. */
function isDistinct(sight: Sight, given: number, family: number, lexicon: Lexicon): boolean {
  const { pieces, plain, headline } = sight;
  if (plain[family] !== 'unknown' || lexicon.isFamily(pieces[family]!.letters)) return false;
  if (pieces[family]!.letters.length < shortest) return false;
  if (isEveryday(plain[given]!) && !lexicon.isGiven(pieces[given]!.letters)) return false;
  const isWritten = (at: number) => pieces[at]!.capital || pieces[at]!.capitals;
  const small = !pieces.some(({ capital }) => capital);
  return headline || small || (isWritten(given) && isWritten(family));
}

/** Whether something around says so. */
function isTold(
  { pieces, capital }: Sight,
  first: number,
  last: number,
  tellings: readonly number[],
): boolean {
  const isWritten = (at: number) => pieces[at]!.capital || pieces[at]!.capitals || capital[at] === true;
  const around = tellings.filter((at) => at >= first - 3 && at <= last + 5 && at !== first && at !== last);
  if (last - first < 2) return false;
  return around.length > 0 && isWritten(first) && isWritten(last);
}

/** Words behind a field in which its value stands: "first name is Jane". */
const nearField = 3;
const givenField =
  /^(?:first|given|fore|christian|firstname|forename|vorname|prenom|nombre|nome|voornaam|imie|called|named|name)$/;
const familyField =
  /^(?:last|sur|family|lastname|surname|nachname|familienname|nom|apellidos?|sobrenome|cognome|achternaam|nazwisko)$/;

/** Whether each stands behind a field of its kind: "first name jane, last name roe", {"last":"roe","first":"jane"}. */
function hasFields(pieces: readonly Piece[], first: number, last: number): boolean {
  const behind = (at: number, from: number, field: RegExp) =>
    pieces.slice(Math.max(from, at - nearField), at).some(({ letters }) => field.test(letters));
  const areBehind = (one: RegExp, other: RegExp) => behind(first, 0, one) && behind(last, first + 1, other);
  return areBehind(givenField, familyField) || areBehind(familyField, givenField);
}

/** Whether nothing stands between but an aside in quotation marks or brackets: "DONALD “THE BIG GUY” TRUMP". */
function hasAside({ pieces }: Sight, text: string, first: number, last: number): boolean {
  if (last - first < 2) return false;
  const between = text.slice(pieces[first]!.ends.at(-1)!, pieces[last]!.starts[0]!);
  const left = between.replace(
    /["“”«»„'‘’][^"“”«»„]{1,60}["“”«»'‘’]|<[^<>]*>[^<>]{1,60}<[^<>]*>|\([^()]{1,60}\)|\[[^[\]]{1,60}\]/gu,
    ' ',
  );
  return left !== between && /^[\s,;:–—…-]*$/u.test(left);
}

/** Whether the text gives the family name to somebody else. */
function isOther(sight: Sight, family: number, name: number, names: Names, lexicon: Lexicon): boolean {
  const { letters } = sight.pieces[family]!;
  return isSomebodyElse(sight, letters, letters, name, names, lexicon);
}
