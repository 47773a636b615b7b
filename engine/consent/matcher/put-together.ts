import type { Finding, FindingAcross, How, Part } from './port.ts';

/** How much of the end of a text and of the beginning of another a name over both can take, in UTF-16 units. */
const reach = 60;

/** How a name may be found over two texts that nobody wrote as one: by its letters. By ear, "Jane" in one statement and "John" in another are John Cena. */
const byLetters: ReadonlySet<How> = new Set(['exact', 'disguised', 'run together', 'middle', 'script']);

/** Finds names in what two texts give together. */
type Find = (text: string) => readonly Finding[];

/** Names that begin at the end of a text and end at the beginning of another. */
export function overBreak<Origin>(find: Find, a: Part<Origin>, b: Part<Origin>): FindingAcross<Origin>[] {
  const from = beginningOfWord(a.text, Math.max(0, a.text.length - reach));
  const tail = a.text.slice(from).replace(/[\s.,;:!?|]+$/u, '');
  const head = b.text.slice(0, reach);
  if (tail === '' || head.trim() === '') return [];
  const seam = tail.length + 1;
  return find(`${tail} ${head}`)
    .filter(({ start, end, how }) => start < tail.length && end > seam && byLetters.has(how))
    .map((finding) =>
      split(finding, [
        { part: a, start: from + finding.start, end: from + tail.length },
        { part: b, start: b.text.search(/\S/u), end: finding.end - seam },
      ]),
    );
}

/** A text that is one word beside a word of another, in either order. */
export function besideWord<Origin>(
  find: Find,
  one: Part<Origin>,
  other: Part<Origin>,
  { start, end }: { start: number; end: number },
): FindingAcross<Origin>[] {
  const said = one.text.trim();
  const at = one.text.indexOf(said);
  const word = other.text.slice(start, end);
  return [`${said} ${word}`, `${word} ${said}`].flatMap((text) =>
    find(text)
      .filter((found) => found.start === 0 && found.end >= text.length - 2 && byLetters.has(found.how))
      .map((finding) =>
        split(finding, [
          { part: one, start: at, end: at + said.length },
          { part: other, start, end },
        ]),
      ),
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
