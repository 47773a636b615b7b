import { lookedAt } from './clear.ts';
import { createLayout } from './grid.ts';
import { type Fit, payloadOf, type Seen, see, wholes } from './read.ts';
import { createSearch } from './search.ts';

/** A mark in some pictures of a film, by their number; `payload` is null where it is too weak to be read. */
export interface Found {
  payload: string | null;
  /** Standard deviations. */
  strength: number;
  from: number;
  to: number;
  /** Whether all of the film bears it, as far as it was looked at. */
  whole: boolean;
}

/** How strong it must be to be one, where a payload is read with it and where none is. Without a mark, strength is above t at most once in exp(t²/2)
 * looks (Hoeffding, whatever the picture shows), and a payload passes its check once in 7,000. A film has at most 61 looks at the whole pattern: 48
 * pictures, fours of them, all together; each for four ways of mirroring, and all of it again between bars where it has any: 488. Where parts were cut away
 * 15 million places are compared, 960 ways of turning, and the best refined in some thousand ways, twice. All together find a mark where none is in 6 of 10
 * million films: 488 × (exp(-5²/2) / 7000 + exp(-6.5²/2)), and a hundredth of it for what is searched. */
const least = { whole: { read: 5, unread: 6.5 }, cut: { read: 7.5, unread: 8.7 } } as const;

/** How many pictures that follow each other are looked at as one, beside each alone and all of them: what moves is lost in the sum, the mark is
 * not. */
const together = 4;

/** Finds the marks in cleared pictures of a film, in order. Stitched films may have several. `tall`: how tall a pixel is for its width. */
export function createFinder(
  layout = createLayout(),
): (pictures: readonly Float32Array[], tall?: number) => Found[] {
  const search = createSearch(layout);
  return (pictures, tall = 1) => {
    const looks = looksAt(pictures).map(({ picture, ...range }) => ({
      ...range,
      seen: see(picture, layout, tall),
    }));
    const last = looks.at(-1);
    if (last === undefined) return [];
    const marks = wholes.flatMap(marksAt);
    if (marks.length > 0) return marks.some(isRead) ? marks.filter(isRead) : marks.slice(0, 1);
    const fit = search(sumOf(pictures), last.seen);
    return isMark(least.cut, last.seen.strength(fit), payloadOf(last.seen.light(fit), layout))
      ? marksAt(fit)
      : [];

    function isWhole(from: number, to: number): boolean {
      return from === 0 && to === pictures.length - 1;
    }

    /** What each look shows where the pattern lies so; what is read nowhere is one mark that cannot be read. */
    function marksAt(fit: Fit): Found[] {
      const found = looks.flatMap(({ seen, from, to }) => readAt(seen, fit, from, to));
      const read = new Map<string, Found>();
      for (const each of found) {
        if (each.payload === null) continue;
        const before = read.get(each.payload);
        // The sum of all says that it is there, those of few say where.
        const says = before === undefined || each.to - each.from < together ? each : before;
        const [from, to] = [
          Math.min(before?.from ?? says.from, says.from),
          Math.max(before?.to ?? says.to, says.to),
        ];
        read.set(each.payload, {
          payload: each.payload,
          strength: Math.max(before?.strength ?? 0, each.strength),
          ...{ from, to, whole: isWhole(from, to) },
        });
      }
      if (read.size > 0) return [...read.values()].sort((a, b) => a.from - b.from);
      const [most] = found.sort((a, b) => b.strength - a.strength);
      return most === undefined ? [] : [{ ...most, whole: isWhole(most.from, most.to) }];
    }
  };

  function readAt(seen: Seen, fit: Fit, from: number, to: number): Omit<Found, 'whole'>[] {
    const strength = seen.strength(fit);
    const payload = strength < least.whole.read ? null : payloadOf(seen.light(fit), layout);
    return isMark(least.whole, strength, payload) ? [{ payload, strength, from, to }] : [];
  }
}

function isRead({ payload }: Found): boolean {
  return payload !== null;
}

function isMark(
  { read, unread }: { read: number; unread: number },
  strength: number,
  payload: string | null,
): boolean {
  return strength >= (payload === null ? unread : read);
}

/** Each picture, some that follow each other, and all together. */
function looksAt(pictures: readonly Float32Array[]): { picture: Float32Array; from: number; to: number }[] {
  const sizes = [...new Set([1, Math.min(together, pictures.length), pictures.length])];
  return sizes.flatMap((size) =>
    Array.from({ length: Math.floor(pictures.length / Math.max(1, size)) }, (_, index) => ({
      picture: sumOf(pictures.slice(index * size, (index + 1) * size)),
      from: index * size,
      to: (index + 1) * size - 1,
    })),
  );
}

function sumOf(pictures: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(lookedAt.width * lookedAt.height);
  for (const picture of pictures) for (let at = 0; at < sum.length; at++) sum[at] = sum[at]! + picture[at]!;
  return sum;
}
