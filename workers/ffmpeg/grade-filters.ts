import type { GradeArguments } from '../../dsl/arguments.ts';

/** A filter, and the colours it works in: any other would be converted to them, and back, at every step. */
export interface GradeFilter {
  /** RGB; or Y'CbCr, with colour at half or at full size. */
  colours: 'rgb' | 'ycbcr';
  filter: string;
}

/** Named looks: tone curves of red, green and blue, and what is done to light and colour as a whole. */
const looks: Readonly<Record<string, readonly GradeFilter[]>> = Object.freeze({
  'teal-orange': [
    curves({
      red: '0/0 0.125/0.102 0.25/0.285 0.5/0.57 0.875/0.945 1/1',
      green: '0/0.008 0.25/0.25 0.5/0.516 0.875/0.89 1/1',
      blue: '0/0.035 0.125/0.149 0.25/0.222 0.5/0.418 0.875/0.793 1/0.918',
    }),
    ycbcr('eq=saturation=1.12:contrast=1.05'),
  ],
  noir: [ycbcr('hue=s=0'), ycbcr('eq=contrast=1.18:gamma=0.95')],
  bleach: [ycbcr('eq=saturation=0.45:contrast=1.15:gamma=1.05')],
  vintage: [
    curves({
      red: '0/0.043 0.25/0.285 0.5/0.527 0.875/0.902 1/1',
      green: '0/0 0.25/0.266 0.5/0.5 1/1',
      blue: '0/0 0.125/0.094 0.25/0.195 0.5/0.43 1/0.93',
      all: '0/0.04 0.5/0.52 1/0.94',
    }),
    ycbcr('eq=saturation=0.8'),
  ],
  warm: [
    curves({
      red: '0/0 0.25/0.31 0.5/0.54 1/1',
      green: '0/0 0.25/0.265 1/1',
      blue: '0/0 0.25/0.19 0.5/0.46 1/1',
    }),
  ],
  cool: [curves({ red: '0/0 0.25/0.16 0.5/0.44 1/1', blue: '0/0.02 0.25/0.35 0.5/0.56 1/1' })],
});

/** Filters that grade a clip, in the order a camera and a lab would apply them: shutter and lens, exposure and white balance, contrast
 * and saturation, look and table, then vignette. `cube` is the file name of the table, one that needs no escaping.
 *
 * Costs at 1280×720, CPU-ms a frame in its own colours: curves 2, eq 1, hue 1, exposure 4, colortemperature 8, vignette 6; to RGB 2 and
 * back 4. At 2K: tmix 21, lenscorrection 19, rgbashift 18, lut3d 67. ffmpeg's colorbalance, 18, did what curves do. */
export function gradeFilters(
  args: GradeArguments,
  clip: { rate: number; width: number; height: number },
  cube: string | null,
): GradeFilter[] {
  return [
    ...shutter(args.shutter, clip.rate).map(ycbcr),
    ...lens(args.lens, clip).map(rgb),
    ...(args.exposure ? [rgb(`exposure=exposure=${fixed(args.exposure)}:black=0`)] : []),
    ...(args.temperature ? whiteBalance(args.temperature).map(rgb) : []),
    ...contrast(args.contrast, args.saturation).map(ycbcr),
    ...(args.grade ? (looks[args.grade] ?? []) : []),
    ...(cube === null ? [] : [rgb(`lut3d=file=${cube}:interp=tetrahedral`)]),
    // The angle of vignette: PI/2 blackens the corners, 0 changes nothing; PI/3.2 is as dark as is of use.
    ...(args.vignette ? [ycbcr(`vignette=angle=${fixed((args.vignette * Math.PI) / 3.2)}:dither=1`)] : []),
  ];
}

function rgb(filter: string): GradeFilter {
  return { colours: 'rgb', filter };
}

function ycbcr(filter: string): GradeFilter {
  return { colours: 'ycbcr', filter };
}

/** Tone curves through points `in/out`, each 0 to 1; that of all follows those of the three. */
function curves(points: { red: string; green?: string; blue: string; all?: string }): GradeFilter {
  const parts = Object.entries(points).map(([of, through]) => `${of === 'all' ? 'master' : of}='${through}'`);
  return rgb(`curves=${parts.join(':')}`);
}

/** Motion blur by mixing the frames that pass while the shutter is open: at 24 fps, 1/24 s mixes 2, 1/8 s mixes 4. A shutter shorter
 * than a frame cannot be made sharper than it was filmed. */
function shutter(seconds: number | null, rate: number): string[] {
  const frames = shutterFrames(seconds, rate);
  if (seconds === null || frames === 1) return [];
  const open = seconds * rate;
  // The first and the last frame are only partly seen: together they fill what is left of the open time.
  const ends = Math.max(0.05, Math.min(1, (open - (frames - 2)) / 2 || 0.5));
  const weights = Array.from({ length: frames }, (_, index) =>
    index === 0 || index === frames - 1 ? fixed(ends) : '1',
  );
  return [`tmix=frames=${frames}:weights=${weights.join(' ')}`];
}

/** How many frames a shutter mixes into one, 1 to 128. */
export function shutterFrames(seconds: number | null, rate: number): number {
  const open = (seconds ?? 0) * rate;
  return open < 0.5 ? 1 : Math.min(128, Math.max(2, Math.round(open) + 1));
}

/** Grain on the finished picture's luma (so after the conversion to Y'CbCr), another with every frame; the seed is fixed, so equal work
 * gives equal bytes. */
export function grainFilters(grain: number | null): string[] {
  return grain ? [`noise=c0_seed=7919:c0_strength=${Math.max(1, Math.round(grain * 40))}:c0_flags=t`] : [];
}

/** Barrel distortion and fringes of a wide lens; from 50 mm on a slight pincushion. k1 falls with the square of the focal length, as
 * the field of view does: -0.16 at 14 mm, -0.04 at 28 mm. Fringes are a thousandth of the width at 14 mm. The middle is enlarged so
 * far that the bent corners fill the frame. */
function lens(millimetres: number | null, { width, height }: { width: number; height: number }): string[] {
  if (millimetres === null) return [];
  const wide = 1 - Math.min(1, millimetres / 50) ** 0.5;
  const bend =
    millimetres < 50 ? Math.min(0.3, 31 / millimetres ** 2) : Math.max(-0.02, (50 - millimetres) / 5000);
  const fringe = Math.round(wide * 0.0022 * width);
  const [across, down] = [even(width * filling(bend)), even(height * filling(bend))];
  return [
    // ffmpeg's k1 is of the correction: positive bends outwards like a barrel.
    ...(Math.abs(bend) < 1e-4 ? [] : [`lenscorrection=k1=${fixed(bend)}:k2=0:i=bilinear`]),
    ...(across < width
      ? [`crop=${across}:${down}`, `scale=${width}:${height}:flags=bicubic+accurate_rnd+bitexact`]
      : []),
    ...(fringe > 0 ? [`rgbashift=rh=${fringe}:bh=${-fringe}:edge=smear`] : []),
  ];
}

/** The part s of the frame whose corners still come from inside the picture: s·(1 + k·s²) = 1, by Newton's steps. */
function filling(bend: number): number {
  let part = 1;
  for (let step = 0; bend > 0 && step < 20; step++)
    part -= (part + bend * part ** 3 - 1) / (1 + 3 * bend * part ** 2);
  return part;
}

function even(length: number): number {
  return Math.max(2, Math.floor(length / 2) * 2);
}

/** White balance like a camera's dial: 6500 K is neutral, a higher setting makes the picture warmer. ffmpeg's filter goes the other
 * way round (it says which light falls on the scene), so the setting is mirrored on the mired scale: 1e6/T' = 2·1e6/6500 − 1e6/T. */
function whiteBalance(kelvin: number): string[] {
  const mirrored = 1e6 / Math.max(40, (2 * 1e6) / 6500 - 1e6 / kelvin);
  const light = Math.round(Math.min(40_000, Math.max(1000, mirrored)));
  return light === 6500 ? [] : [`colortemperature=temperature=${light}:pl=0.5`];
}

/** -1 to 1; 0 changes nothing. Contrast turns around middle grey, from two thirds to one and a half. */
function contrast(amount: number | null, saturation: number | null): string[] {
  const settings = [
    ...(amount ? [`contrast=${fixed(1.5 ** amount)}`] : []),
    ...(saturation ? [`saturation=${fixed(saturation < 0 ? 1 + saturation : 1 + 2 * saturation)}`] : []),
  ];
  return settings.length > 0 ? [`eq=${settings.join(':')}`] : [];
}

function fixed(value: number): string {
  return value.toFixed(4);
}
