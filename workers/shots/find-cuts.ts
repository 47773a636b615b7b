import { type Series, stride } from './series.ts';

/** A frame at which a shot begins. */
export interface Boundary {
  frame: number;
  opens: 'cut' | 'fade';
  /** Of boundaries too near to each other the stronger stays. */
  strength: number;
}

/** Change that a cut has at least, in the unit of `Series.change`. */
const least = 15;

/** Percent that a cut differs at least: below, an unlike pattern is noise in the dark. */
const visible = 3;

/** How many times the change around it a cut is: fast motion and shaking cameras change always. */
const timesAround = 3;

/** Percent below which a frame only repeats the one before. */
const repeated = 0.05;

/** Changes on each side that a change is compared with, and within how many seconds: two cuts within that time are one. */
const around = { count: 2, seconds: 0.25 };

/** Finds hard cuts: where content changes much (a content detector), several times more than around it (an adaptive pass), and for good.
 * `perSecond` is frames a second. `sensitivity` 0 to 1; at 0.5 thresholds are as they stand, at 1 halved, at 0 doubled. */
export function findCuts(series: Series, perSecond: number, sensitivity: number): Boundary[] {
  const scale = 2 ** (1 - 2 * sensitivity);
  const reach = Math.max(around.count, Math.ceil(around.seconds * perSecond) - 1);
  const cuts: Boundary[] = [];
  for (const [frame, change] of series.change.entries()) {
    if (change < least * scale || (series.difference[frame] ?? 0) < visible * scale) continue;
    if (change < timesAround * scale * changeAround(series, frame, reach)) continue;
    if (comesBack(series, frame, change)) continue;
    cuts.push({ frame, opens: 'cut', strength: change });
  }
  return cuts;
}

/** Mean change of the nearest frames on both sides. Repeated frames are passed over, since every other frame of an animation drawn on twos
 * would look like a cut among still ones; where nothing else stands within reach, it is still there. */
function changeAround({ change, difference }: Series, frame: number, reach: number): number {
  let [sum, count] = [0, 0];
  for (const step of [-1, 1]) {
    let left = around.count;
    for (let away = 1; away <= reach && left > 0; away++) {
      const index = frame + step * away;
      // Beyond the ends of the clip nothing is known.
      if (index < 1 || index >= change.length) left = 0;
      else if ((difference[index] ?? 0) >= repeated) {
        sum += change[index] ?? 0;
        count++;
        left--;
      }
    }
    count += left;
  }
  return count === 0 ? 0 : sum / count;
}

/** A flash is no cut: the picture before it and the one after it are alike. */
function comesBack({ strideChange }: Series, frame: number, change: number): boolean {
  const beginning = strideChange[frame + stride - 1] ?? Number.POSITIVE_INFINITY;
  const ending = strideChange[frame] ?? Number.POSITIVE_INFINITY;
  return Math.min(beginning, ending) < change / 2;
}
