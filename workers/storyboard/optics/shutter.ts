/** Seconds that the shutter is open during a frame: what was asked, else half the frame as film cameras do (180°). */
export function openSeconds(shutter: number | null, fps: number): number {
  return shutter ?? 0.5 / fps;
}

/** Moments at which to draw something that moves `distance` pixels while the shutter is open. Counts divide 255, so that equal shares of
 * an 8-bit canvas add up to full opacity. */
export function exposures(time: number, open: number, distance: number): number[] {
  const wanted = distance / 1.6;
  const count = wanted <= 1 ? 1 : wanted <= 3 ? 3 : wanted <= 5 ? 5 : wanted <= 15 ? 15 : 17;
  return Array.from({ length: count }, (_, index) => time + open * ((index + 0.5) / count - 0.5));
}
