import type { Rational } from '../../dsl/facts.ts';

/** A frame rate as an exact fraction: the broadcast rates (23.976, 29.97, 59.94) over 1001, others in thousandths. */
export function rateOf(fps: number): Rational {
  const whole = Math.round(fps);
  if (whole === fps) return { num: fps, den: 1 };
  if (Math.abs((whole * 1000) / 1001 - fps) < 0.002) return { num: whole * 1000, den: 1001 };
  const divisor = common(Math.round(fps * 1000), 1000);
  return { num: Math.round(fps * 1000) / divisor, den: 1000 / divisor };
}

function common(a: number, b: number): number {
  return b === 0 ? a : common(b, a % b);
}
