import { setImmediate as breath } from 'node:timers/promises';

import { type Effort, TooMuchToRead } from './effort.ts';
import type { Across, Ends, Finding, FindingAcross, Matcher, Part } from './port.ts';
import { besideWord, overBreak } from './put-together.ts';
import { isWhole, windowsOf } from './windows.ts';

/** What the texts of one script may take together, in units of `Effort`: two seconds of one core. Ordinary English of 64 KiB takes less than half of it. */
export const mostEffort = 20_000_000;

/** After so much the rest of the process has its turn: some 10 ms. */
const untilBreath = 200_000;

/** How many pairs of texts are tried letter by letter, the nearest first; a name that is cut between its words is found however far its texts are apart. */
const mostPairs = 20_000;

/** How many pairs of texts with the same two words of a name are read, the nearest first. */
const mostReadings = 64;

/** Finds names in the texts of one plan, and over several: one that begins at the end of a text and ends at the beginning of another, in either order
 * ("CAST Jane" and "Roe walks home"), and one whose first or last word is a whole text and whose other word stands anywhere in another. What lies in one text
 * is judged as `find` does; what lies over several is `split`: blocked when a text is nothing but a part of the name, else reviewed. */
export async function findAcross<Origin>(
  matcher: Looking,
  parts: readonly Part<Origin>[],
  effort: Effort = { left: mostEffort },
): Promise<Across<Origin>> {
  const found: FindingAcross<Origin>[] = [];
  const pace = paceOf(effort);
  try {
    const read = new Map<string, Finding[]>();
    for (const { text, origin } of parts) {
      const known = read.get(text) ?? (await findIn(matcher, text, pace));
      read.set(text, known);
      for (const { start, end, ...about } of known)
        found.push({ ...about, places: [{ origin, start, end }] });
    }
    if (parts.length > 1) await findOver(matcher, parts, pace, found);
    return { found, unread: false };
  } catch (error) {
    if (!(error instanceof TooMuchToRead)) throw error;
    return { found, unread: true };
  }
}

type Looking = Omit<Matcher, 'add' | 'remove' | 'size'>;

/** Gives the rest of the process its turn, every some milliseconds of work. */
interface Pace {
  effort: Effort;
  isDue(): boolean;
  rest(): Promise<void>;
}

function paceOf(effort: Effort): Pace {
  let rested = effort.left;
  return {
    effort,
    isDue: () => rested - effort.left >= untilBreath,
    async rest() {
      rested = effort.left;
      await breath();
    },
  };
}

async function findIn(matcher: Looking, text: string, pace: Pace): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const window of windowsOf(text)) {
    if (pace.isDue()) await pace.rest();
    for (const finding of matcher.find(text.slice(window.from, window.to), pace.effort)) {
      if (!isWhole(finding, window, text.length)) continue;
      const [start, end] = [finding.start + window.from, finding.end + window.from];
      const same = found.findIndex(
        (other) => other.person === finding.person && other.start < end && start < other.end,
      );
      if (same === -1) found.push({ ...finding, start, end });
      else if (finding.verdict === 'block') found[same] = { ...finding, start, end };
    }
  }
  return found;
}

async function findOver<Origin>(
  matcher: Looking,
  parts: readonly Part<Origin>[],
  pace: Pace,
  found: FindingAcross<Origin>[],
): Promise<void> {
  const ends = await endsOfAll(matcher, parts, pace);
  // Who is found in one of the texts already need not be found over two.
  const keyOf = (person: string, verdict: string, origin: Origin, start: number) =>
    `${person} ${verdict} ${places.get(origin)} ${start}`;
  const places = new Map(parts.map(({ origin }, at) => [origin, at]));
  const known = new Set(
    found.flatMap(({ person, verdict, places: [place] }) =>
      place === undefined ? [] : [keyOf(person, verdict, place.origin, place.start)],
    ),
  );
  const told = new Set<string>();
  const tell = (findings: readonly FindingAcross<Origin>[]) => {
    for (const finding of findings) {
      const keys = finding.places.map(({ origin, start }) =>
        keyOf(finding.person, finding.verdict, origin, start),
      );
      if (told.has(keys.join()) || keys.some((key) => known.has(key))) continue;
      told.add(keys.join());
      found.push(finding);
    }
    return findings.length > 0;
  };
  const looked = new Map<string, Finding[]>();
  const find = (text: string) => {
    const before = looked.get(text) ?? matcher.find(text, pace.effort);
    looked.set(text, before);
    return before;
  };
  const over = (a: number, b: number) => tell(overBreak(find, parts[a]!, parts[b]!));
  const beside = (a: number, b: number, word: number) =>
    tell(besideWord(find, parts[a]!, parts[b]!, ends[b]!.words.get(word)!));

  const reach = Math.max(1, Math.floor(mostPairs / parts.length));
  for (let away = 1; away < Math.min(parts.length, reach + 1); away++)
    for (let a = 0; a + away < parts.length; a++) {
      if (pace.isDue()) await pace.rest();
      if (matcher.mayJoin(ends[a]!, ends[a + away]!, pace.effort)) over(a, a + away);
      if (matcher.mayJoin(ends[a + away]!, ends[a]!, pace.effort)) over(a + away, a);
    }
  await eachPair(matcher, ends, 'tailWords', 'headWords', pace, over);
  await eachPair(matcher, ends, 'only', 'words', pace, beside);
}

async function endsOfAll<Origin>(
  matcher: Looking,
  parts: readonly Part<Origin>[],
  pace: Pace,
): Promise<Ends[]> {
  const once = new Map<string, Ends>();
  const ends: Ends[] = [];
  for (const { text } of parts) {
    if (pace.isDue()) await pace.rest();
    const own = once.get(text) ?? matcher.ends(text, pace.effort);
    once.set(text, own);
    ends.push(own);
  }
  return ends;
}

type Words = 'tailWords' | 'headWords' | 'words' | 'only';

/** Has texts read together one of which has one word of a name and the other the other word. */
async function eachPair(
  matcher: Looking,
  ends: readonly Ends[],
  one: Words,
  other: Words,
  pace: Pace,
  read: (a: number, b: number, word: number) => boolean,
): Promise<void> {
  const [ones, others] = [textsBy(ends, one), textsBy(ends, other)];
  for (const [x, as] of ones)
    for (const [y, bs] of others) {
      if (pace.isDue()) await pace.rest();
      if (!matcher.arePair(x, y, pace.effort)) continue;
      for (const [a, b] of nearestFirst(as, bs, pace.effort)) if (read(a, b, y)) break;
    }
}

function textsBy(ends: readonly Ends[], which: Words): Map<number, number[]> {
  const texts = new Map<number, number[]>();
  ends.forEach((own, at) => {
    for (const word of own[which].keys()) {
      const there = texts.get(word);
      if (there) there.push(at);
      else texts.set(word, [at]);
    }
  });
  return texts;
}

/** Of each of the first texts with the nearest of the others before and behind it, those that stand nearest to each other; both in ascending order. */
function nearestFirst(as: readonly number[], bs: readonly number[], effort: Effort): [number, number][] {
  effort.left -= as.length + bs.length;
  const pairs: [number, number][] = [];
  let behind = 0;
  for (const a of as) {
    while (behind < bs.length && bs[behind]! <= a) behind++;
    const before = bs[behind - 1] === a ? behind - 2 : behind - 1;
    for (const b of [bs[before], bs[behind]]) if (b !== undefined) pairs.push([a, b]);
  }
  return pairs.sort(([a, b], [c, d]) => Math.abs(a - b) - Math.abs(c - d)).slice(0, mostReadings);
}
