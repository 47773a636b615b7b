import { findByEar } from './by-ear.ts';
import type { Candidates } from './candidates.ts';
import { type Heard, hear } from './heard.ts';
import { findHeard } from './heard-pairs.ts';
import type { Emit } from './hit.ts';
import { asWritten } from './inflections.ts';
import type { Lexicon } from './lexicon.ts';
import type { Names } from './names.ts';
import { eachOfPair } from './nicknames.ts';
import type { Sight } from './sight.ts';

/** What a form calls the given name and the family name, in our letters and, as `nativeOf` has them, in others. */
const given =
  /^(?:first|given|fore|firstname|forename|vorname|prenom|nombre|nome|voornaam|imie|fornamn|fornavn|etunimi|keresztnev|jmeno|ime|prenume|isim|adi|имя|імя|име|ονομα|الاسم|שם|이름[은이]?|नाम|نام|ชื่อ|নাম|பெயர்|անուն|სახელი)$/;
const family =
  /^(?:last|sur|family|lastname|surname|nachname|familienname|nom|apellidos?|sobrenome|apelido|cognome|achternaam|nazwisko|efternamn|etternavn|sukunimi|vezeteknev|prijmeni|prezime|numele|soyisim|soyadi|фамилия|прізвище|презиме|επωνυμο|επιθετο|اللقب|العايله|משפחה|성[은이]?|उपनाम|خانوادگي|نامخانوادگي|นามสกุล|পদবি|ազգանուն|გვარი)$/;

/** What Chinese and Japanese, and Korean behind it, write without a space before the value. */
const givenBefore = /^(?:下の名前[はが]?|名前[はが]?|名字[是叫]?|名[是叫]?)(?=\p{Script=Han}|[ぁ-ヶ])/u;
const familyBefore = /^(?:姓氏?[是为為]?|苗字[はが]?|名字[はが])(?=\p{Script=Han}|[ぁ-ヶ])/u;

/** How far behind its field a value stands: "first name is Jane". */
const near = 3;
const between = /^(?:names?|is|are|was|the|her|his|my|heisst|ist|est|es|e|to|jest|є|это|είναι)$/;

/** How many words the fields of one form are apart. */
const farthest = 40;

/** What must speak for two values as they are heard, in nats: the form says that they are names. */
const least = 8;

/** A value of a form, and where it stands. */
interface Value {
  at: number;
  heard(): Heard;
}

/** Finds names of which a form has each part, in whatever way it is written: "first name: Jayn, surname: Roe", "имя …, фамилия …", "姓…，名…". */
export function findFields(
  sight: Sight,
  candidates: (at: number) => Candidates,
  names: Names,
  lexicon: Lexicon,
  emit: Emit,
): void {
  if (sight.reading.syllables) return;
  const firsts = valuesOf(sight, candidates, names, lexicon, given, givenBefore);
  if (firsts.length === 0) return;
  const lasts = valuesOf(sight, candidates, names, lexicon, family, familyBefore);
  for (const first of firsts)
    for (const last of lasts) {
      if (first.at === last.at || Math.abs(first.at - last.at) > farthest) continue;
      const tell = (name: number) => {
        const [from, to] = [Math.min(first.at, last.at), Math.max(first.at, last.at)];
        const [start, end] = [sight.pieces[from]!.starts[0]!, sight.pieces[to]!.ends.at(-1)!];
        emit({ start, end, name, verdict: 'review', how: 'split' });
      };
      compare(sight, first, last, candidates, names, lexicon, tell);
    }
}

function compare(
  sight: Sight,
  first: Value,
  last: Value,
  candidates: (at: number) => Candidates,
  names: Names,
  lexicon: Lexicon,
  tell: (name: number) => void,
): void {
  const isForeign = [first, last].some(({ at }) => sight.pieces[at]!.native !== '');
  if (isForeign) {
    findHeard(first.heard(), last.heard(), least, names, tell);
    return;
  }
  const [a, b] = [candidates(first.at), candidates(last.at)];
  const ways = [
    [[...a.exact, ...a.nick, ...a.near()[0]], b.exact],
    [[...a.exact, ...a.nick], b.near()[0]],
  ] as const;
  for (const [xs, ys] of ways)
    for (const x of xs)
      for (const y of ys) eachOfPair(names, x, y, (name, forward, full) => forward && full && tell(name));
  findByEar(sight, first.at, last.at, [a, b], names, lexicon, tell);
}

/** What stands behind the fields of one kind. */
function valuesOf(
  sight: Sight,
  candidates: (at: number) => Candidates,
  names: Names,
  lexicon: Lexicon,
  field: RegExp,
  before: RegExp,
): Value[] {
  const { pieces } = sight;
  const values: Value[] = [];
  pieces.forEach(({ native, letters }, at) => {
    const rest = native.replace(before, '');
    if (rest !== native) {
      values.push({ at, heard: () => hear(asWritten([rest]), names, lexicon) });
      return;
    }
    if (!field.test(native === '' ? letters : native)) return;
    let value = at + 1;
    while (value < at + near && between.test(pieces[value]?.letters ?? '')) value++;
    if (value < pieces.length) values.push({ at: value, heard: () => candidates(value).foreign() });
  });
  return values;
}
