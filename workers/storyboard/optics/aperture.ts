/** Blur of things at a depth (hero distances): standard deviation in pixels for a frame of `unit` pixels, when the lens is focused
 * at `focus`.
 *
 * Circle of confusion of a thin lens, c = f²/N · |1/s − 1/d| up to a constant (s the focused distance, d the thing's); the exponent of
 * the focal length is softened, since with a long lens one steps back. Nobody asked: sharp everywhere. */
export function createAperture(
  aperture: number | null,
  focal: number | null,
  unit: number,
  focus: number,
): (depth: number) => number {
  if (aperture === null) return () => 0;
  const reach = (0.018 / aperture) * ((focal ?? 35) / 35) ** 1.1;
  return (depth) => {
    const blur = Math.min(0.014, reach * Math.abs(1 / focus - 1 / Math.max(0.25, depth))) * unit;
    return blur < 0.4 ? 0 : blur;
  };
}
