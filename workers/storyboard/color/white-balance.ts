import { luminance, type Rgb } from './space.ts';

/** Gains of a camera whose white balance is set to `kelvin` under light of 6500 K, of unchanged brightness: a higher dial is warmer, as
 * on a camera. Black-body colour after Tanner Helland's fit to Mitchell Charity's table (1,000 to 40,000 K). */
export function balance(kelvin: number | null): Rgb {
  if (kelvin === null || kelvin === 6500) return [1, 1, 1];
  const light = blackBody(kelvin);
  const white = blackBody(6500);
  const gains: Rgb = [white[0] / light[0], white[1] / light[1], white[2] / light[2]];
  // Half the way in the exponent: the full correction of 2000 K would leave nothing but blue.
  const soft: Rgb = [gains[0] ** 0.6, gains[1] ** 0.6, gains[2] ** 0.6];
  const keep = luminance(soft);
  return [soft[0] / keep, soft[1] / keep, soft[2] / keep];
}

function blackBody(kelvin: number): Rgb {
  const t = Math.min(40000, Math.max(1000, kelvin)) / 100;
  const red = t <= 66 ? 255 : 329.698727446 * (t - 60) ** -0.1332047592;
  const green =
    t <= 66 ? 99.4708025861 * Math.log(t) - 161.1195681661 : 288.1221695283 * (t - 60) ** -0.0755148492;
  const blue =
    t >= 66 ? 255 : t <= 19 ? 30 : Math.max(30, 138.5177312231 * Math.log(t - 10) - 305.0447927307);
  return [limit(red) ** 2.2, limit(green) ** 2.2, limit(blue) ** 2.2];
}

const limit = (value: number) => Math.min(255, Math.max(12, value)) / 255;
