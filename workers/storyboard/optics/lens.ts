/** What a focal length does to the picture, against 35 mm on full frame. */
export interface Lens {
  /** How much larger things at a depth (hero distances) look. Long lenses enlarge what is far more than what is near: compression. */
  magnify(depth: number): number;
  /** Radial distortion: r' = r (1 + k1 r²), r = 1 in the corner; negative pulls corners in (barrel). */
  k1: number;
  /** Lateral fringing: how much larger red is than blue, as a share of the radius. */
  fringe: number;
  /** Fall-off of light towards the corners, 0 to 1. */
  falloff: number;
}

/** A lens of a focal length in millimetres, 8 to 400. A photographer steps back with a long lens to keep the subject in the frame, so the
 * hero grows only with the 0.4th power of the ratio while the horizon grows with the 0.75th; foregrounds hardly grow. */
export function createLens(focal: number | null): Lens {
  const ratio = (focal ?? 35) / 35;
  const wide = Math.max(0, Math.log2(1 / ratio));
  return {
    magnify: (depth) => {
      const power = depth <= 1 ? 0.25 + 0.15 * depth : 0.4 + 0.35 * (1 - 1 / depth);
      return Math.min(4, Math.max(0.3, ratio ** power));
    },
    k1: -0.06 * Math.min(2.2, wide) ** 1.3,
    fringe: 0.0018 * Math.min(2.2, wide),
    falloff: 0.12 + 0.12 * Math.min(2, wide),
  };
}
