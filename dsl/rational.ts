import type { Rational } from './facts.ts';

/** The exact fraction that a frame rate in decimals stands for: 23.976 is 24000/1001, 12.5 is 25/2. */
export function rational(fps: number): Rational {
  if (Number.isInteger(fps)) return { num: fps, den: 1 };
  const film = Math.round(fps * 1.001);
  // NTSC rates are written with two or three decimals: 23.98, 29.97, 59.94.
  if (Math.abs((film * 1000) / 1001 - fps) < 0.006) return { num: film * 1000, den: 1001 };
  const num = Math.round(fps * 1000);
  const shared = divisor(num, 1000);
  return { num: num / shared, den: 1000 / shared };
}

/** Frames a second as a number. */
export function perSecond(rate: Rational): number {
  return rate.num / rate.den;
}

/** As text: `24`, `30000/1001`. */
export function fraction({ num, den }: Rational): string {
  return den === 1 ? String(num) : `${num}/${den}`;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
