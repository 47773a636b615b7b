/** Blur of things at a depth (hero distances, 1 is in focus): standard deviation in pixels for a frame of `unit` pixels.
 *
 * Circle of confusion of a thin lens, c = f²/N · |1/s − 1/d| up to a constant (s the focused distance, d the thing's): it grows with the
 * square of the focal length and falls with the f-number. Nobody asked for f/8 on 35 mm: sharp everywhere. */
export function createAperture(
  aperture: number | null,
  focal: number | null,
  unit: number,
): (depth: number) => number {
  if (aperture === null) return () => 0;
  const reach = (0.05 / aperture) * ((focal ?? 35) / 35) ** 1.1;
  return (depth) => {
    const blur = Math.min(0.03, reach * 0.55 * Math.abs(1 - 1 / Math.max(0.25, depth))) * unit;
    return blur < 0.4 ? 0 : blur;
  };
}
