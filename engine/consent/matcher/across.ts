import type { Finding, FindingAcross, How, Matcher, Part } from './port.ts';

/** How much of the end of a text and of the beginning of another a name over both can take, in UTF-16 units. */
const reach = 60;

/** Up to so many texts each is put together with each, whatever that takes. */
const few = 24;

/** How many readings texts of a longer script that are no neighbours are given, the nearest first: all that thirty prompts need, 0.1 s. What is farther
 * apart is said of different films. */
const mostReadings = 1000;

/** How a name may be found over two texts that nobody wrote as one: by its letters. By ear, "Jane" in one statement and "John" in another are John Cena. */
const byLetters: ReadonlySet<How> = new Set(['exact', 'disguised', 'run together', 'middle', 'script']);

/** How many words of a text are tried beside a text that is one word. */
const mostWords = 60;

/** Finds names in the texts of one plan, and over several: one that begins at the end of a text and ends at the beginning of another, in either order
 * ("CAST Jane" and "Roe walks home"), and one whose first or last word is a whole text and whose other word stands anywhere in another. What lies in one text
 * is judged as `find` does; what lies over several is `split`: blocked when a text is nothing but a part of the name, else reviewed. */
export function findAcross<Origin>(
  matcher: Matcher,
  parts: readonly Part<Origin>[],
): FindingAcross<Origin>[] {
  const found: FindingAcross<Origin>[] = parts.flatMap(({ text, origin }) =>
    matcher.find(text).map(({ start, end, ...rest }) => ({ ...rest, places: [{ origin, start, end }] })),
  );
  const told = new Set<string>();
  const tell = (finding: FindingAcross<Origin>) => {
    const key = `${finding.person} ${finding.places.map(({ start }) => start).join()} ${finding.places.map(({ origin }) => parts.findIndex((part) => part.origin === origin)).join()}`;
    // Who is found in one of the texts already need not be found over two.
    const known = found.some(
      (other) =>
        other.person === finding.person &&
        other.verdict === finding.verdict &&
        other.places.some((place) =>
          finding.places.some(({ origin, start }) => origin === place.origin && start === place.start),
        ),
    );
    if (told.has(key) || known) return;
    told.add(key);
    found.push(finding);
  };
  let readings = 0;
  const counting: Pick<Matcher, 'find'> = {
    find(text) {
      readings += 1;
      return matcher.find(text);
    },
  };
  const together = (a: Part<Origin>, b: Part<Origin>) => {
    for (const finding of overBreak(counting, a, b)) tell(finding);
    if (/^\s*[^\s]+\s*$/.test(a.text)) for (const finding of besideWords(counting, a, b)) tell(finding);
  };
  for (let away = 1; away < parts.length; away++) {
    if (away === 2) readings = 0;
    for (let at = 0; at + away < parts.length; at++) {
      if (away > 1 && parts.length > few && readings > mostReadings) return found;
      together(parts[at]!, parts[at + away]!);
      together(parts[at + away]!, parts[at]!);
    }
  }
  return found;
}

/** Names that begin at the end of a text and end at the beginning of another. */
function overBreak<Origin>(
  matcher: Pick<Matcher, 'find'>,
  a: Part<Origin>,
  b: Part<Origin>,
): FindingAcross<Origin>[] {
  const from = beginningOfWord(a.text, Math.max(0, a.text.length - reach));
  const tail = a.text.slice(from).replace(/[\s.,;:!?|]+$/u, '');
  const head = b.text.slice(0, reach);
  if (tail === '' || head.trim() === '') return [];
  const seam = tail.length + 1;
  return matcher
    .find(`${tail} ${head}`)
    .filter(({ start, end, how }) => start < tail.length && end > seam && byLetters.has(how))
    .map((finding) =>
      split(finding, [
        { part: a, start: from + finding.start, end: from + tail.length },
        { part: b, start: b.text.search(/\S/u), end: finding.end - seam },
      ]),
    );
}

/** A text of one word beside each word of another that may be a name. */
function besideWords<Origin>(
  matcher: Pick<Matcher, 'find'>,
  one: Part<Origin>,
  other: Part<Origin>,
): FindingAcross<Origin>[] {
  const said = one.text.trim();
  const at = one.text.indexOf(said);
  const words = [...other.text.matchAll(/[\p{L}\p{N}\p{M}'’-]{2,}/gu)];
  const isShort = words.length <= 6;
  return words
    .filter(([word]) => isShort || word !== word.toLowerCase())
    .slice(0, mostWords)
    .flatMap((word) =>
      [`${said} ${word[0]}`, `${word[0]} ${said}`].flatMap((text) => {
        const whole = text.length;
        return matcher
          .find(text)
          .filter(({ start, end, how }) => start === 0 && end >= whole - 2 && byLetters.has(how))
          .map((finding) =>
            split(finding, [
              { part: one, start: at, end: at + said.length },
              { part: other, start: word.index, end: word.index + word[0].length },
            ]),
          );
      }),
    );
}

function split<Origin>(
  { person, verdict, why }: Finding,
  places: readonly { part: Part<Origin>; start: number; end: number }[],
): FindingAcross<Origin> {
  const whole = places.some(
    ({ part, start, end }) => part.text.slice(start, end).trim() === part.text.trim(),
  );
  return {
    person,
    verdict: verdict === 'block' && whole ? 'block' : 'review',
    how: 'split',
    why: `${why}, put together of two texts`,
    places: places.map(({ part, start, end }) => ({ origin: part.origin, start, end })),
  };
}

/** Never in the middle of a word: "joAnn" ends in no Ann. */
function beginningOfWord(text: string, at: number): number {
  if (at === 0) return 0;
  const next = text.slice(at).search(/\s/u);
  return next === -1 ? at : at + next + 1;
}
