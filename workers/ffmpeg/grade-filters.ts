import type { GradeArguments } from '../../dsl/arguments.ts';

/** Named looks as filters on RGB. */
const looks: Readonly<Record<string, readonly string[]>> = Object.freeze({
  'teal-orange': [
    'colorbalance=rs=-0.10:gs=0.02:bs=0.12:rm=0.04:bm=-0.04:rh=0.10:gh=0.02:bh=-0.12',
    'eq=saturation=1.12:contrast=1.05',
  ],
  noir: ['hue=s=0', 'eq=contrast=1.35:brightness=-0.03'],
  bleach: ['eq=saturation=0.45:contrast=1.3:gamma=1.05'],
  vintage: [
    'colorbalance=rs=0.06:bs=-0.04:rm=0.05:gm=0.02:bm=-0.08:rh=0.04:bh=-0.10',
    'curves=all=0/0.06 0.5/0.52 1/0.94',
    'eq=saturation=0.8',
  ],
  warm: ['colorbalance=rm=0.10:gm=0.03:bm=-0.10'],
  cool: ['colorbalance=rm=-0.10:bm=0.12'],
});

/** Filters that grade a clip, in the order a camera and a lab would apply them: shutter and lens, exposure and white balance, contrast
 * and saturation, look and table, then vignette and grain. `cube` is the file name of the table, one that needs no escaping.
 *
 * Costs at 2K, CPU-ms a frame: tmix 21, lenscorrection 19, rgbashift 18, colortemperature 29, lut3d 67, vignette 25, noise 14. */
export function gradeFilters(
  args: GradeArguments,
  clip: { rate: number; width: number },
  cube: string | null,
): string[] {
  return [
    ...shutter(args.shutter, clip.rate),
    ...lens(args.lens, clip.width),
    ...(args.exposure ? [`exposure=exposure=${fixed(args.exposure)}:black=0`] : []),
    ...(args.temperature ? whiteBalance(args.temperature) : []),
    ...contrast(args.contrast, args.saturation),
    ...(args.grade ? (looks[args.grade] ?? []) : []),
    ...(cube === null ? [] : [`lut3d=file=${cube}:interp=tetrahedral`]),
    // The angle of vignette: PI/2 blackens the corners, 0 changes nothing; PI/2.5 is as dark as is of use.
    ...(args.vignette ? [`vignette=angle=${fixed((args.vignette * Math.PI) / 2.5)}:dither=1`] : []),
    // Luma noise that changes with every frame; the seed is fixed, so equal work gives equal bytes.
    ...(args.grain
      ? [`noise=c0_seed=7919:c0_strength=${Math.max(1, Math.round(args.grain * 60))}:c0_flags=t`]
      : []),
  ];
}

/** Motion blur by mixing the frames that pass while the shutter is open: at 24 fps, 1/24 s mixes 2, 1/8 s mixes 4. A shutter shorter
 * than a frame cannot be made sharper than it was filmed. */
function shutter(seconds: number | null, rate: number): string[] {
  if (seconds === null) return [];
  const open = seconds * rate;
  if (open < 0.5) return [];
  const frames = Math.min(128, Math.max(2, Math.round(open) + 1));
  // The first and the last frame are only partly seen: together they fill what is left of the open time.
  const ends = Math.max(0.05, Math.min(1, (open - (frames - 2)) / 2 || 0.5));
  const weights = Array.from({ length: frames }, (_, index) =>
    index === 0 || index === frames - 1 ? fixed(ends) : '1',
  );
  return [`tmix=frames=${frames}:weights=${weights.join(' ')}`];
}

/** Barrel distortion and fringes of a wide lens, none from 50 mm on but a slight pincushion. k1 falls with the square of the focal
 * length, as the field of view does: -0.16 at 14 mm, -0.04 at 28 mm. Fringes are a thousandth of the width at 14 mm. */
function lens(millimetres: number | null, width: number): string[] {
  if (millimetres === null) return [];
  const wide = 1 - Math.min(1, millimetres / 50) ** 0.5;
  const k1 =
    millimetres < 50 ? Math.max(-0.3, -31 / millimetres ** 2) : Math.min(0.02, (millimetres - 50) / 5000);
  const fringe = Math.round(wide * 0.0022 * width);
  return [
    // ffmpeg's k1 is of the correction: positive bends outwards like a barrel.
    ...(Math.abs(k1) < 1e-4 ? [] : [`lenscorrection=k1=${fixed(-k1)}:k2=0:i=bilinear`]),
    ...(fringe > 0 ? [`rgbashift=rh=${fringe}:bh=${-fringe}:edge=smear`] : []),
  ];
}

/** White balance like a camera's dial: 6500 K is neutral, a higher setting makes the picture warmer. ffmpeg's filter goes the other
 * way round (it says which light falls on the scene), so the setting is mirrored on the mired scale: 1e6/T' = 2·1e6/6500 − 1e6/T. */
function whiteBalance(kelvin: number): string[] {
  const mirrored = 1e6 / Math.max(40, (2 * 1e6) / 6500 - 1e6 / kelvin);
  const light = Math.round(Math.min(40_000, Math.max(1000, mirrored)));
  return light === 6500 ? [] : [`colortemperature=temperature=${light}:pl=0.5`];
}

/** -1 to 1; 0 changes nothing. Contrast turns around middle grey, from half to double. */
function contrast(amount: number | null, saturation: number | null): string[] {
  const settings = [
    ...(amount ? [`contrast=${fixed(2 ** amount)}`] : []),
    ...(saturation ? [`saturation=${fixed(saturation < 0 ? 1 + saturation : 1 + 2 * saturation)}`] : []),
  ];
  return settings.length > 0 ? [`eq=${settings.join(':')}`] : [];
}

function fixed(value: number): string {
  return value.toFixed(4);
}
