import type { Predicted, Rational } from './facts.ts';
import { perSecond } from './rational.ts';

export interface Shape {
  width: number;
  height: number;
  rate: Rational;
}

/** The size and rate that most of the running time has, so that as few seconds as possible are encoded again; of equals the larger,
 * then the first. Null where a clip is not known well enough. */
export function commonShape(clips: readonly (Predicted | null)[]): Shape | null {
  const sizes = new Map<string, { width: number; height: number; time: number }>();
  const rates = new Map<string, { rate: Rational; time: number }>();
  for (const clip of clips) {
    if (clip?.width === undefined || clip.height === undefined || clip.rate === undefined) return null;
    const time = clip.duration ?? 0;
    const [width, height] = [even(clip.width), even(clip.height)];
    const size = sizes.get(`${width}x${height}`) ?? { width, height, time: 0 };
    sizes.set(`${width}x${height}`, { ...size, time: size.time + time });
    const spelled = `${clip.rate.num}/${clip.rate.den}`;
    const rate = rates.get(spelled) ?? { rate: clip.rate, time: 0 };
    rates.set(spelled, { ...rate, time: rate.time + time });
  }
  const size = best([...sizes.values()], (each) => each.width * each.height);
  const rate = best([...rates.values()], (each) => perSecond(each.rate));
  return size === null || rate === null ? null : { width: size.width, height: size.height, rate: rate.rate };
}

function best<T extends { time: number }>(all: readonly T[], magnitude: (each: T) => number): T | null {
  return all.reduce<T | null>((so, each) => {
    if (so === null || each.time > so.time + 1e-9) return each;
    return Math.abs(each.time - so.time) <= 1e-9 && magnitude(each) > magnitude(so) ? each : so;
  }, null);
}

/** The films made here have even sides. */
function even(side: number): number {
  return Math.max(2, side - (side % 2));
}
