/** The ffmpeg filter that takes out noise, `strength` 0 to 100, or none for 0: hqdn3d, which smooths each picture a little and follows each
 * pixel through time.
 *
 * Measured on real frames with Gaussian noise, the best spatial strength is about twice the noise's σ (of 255), so strength is 5 σ: 20 is
 * right for σ 4, 50 for σ 10, 100 for σ 20. docs/enhance.md has the table against atadenoise and nlmeans. Time counts 1.5 times as much
 * as space and colour three quarters of brightness, as in ffmpeg's own defaults. */
export function denoiseFilter(strength: number): string[] {
  // hqdn3d takes 0 for its default, which is 4.
  if (strength <= 0) return [];
  const spatial = strength * 0.4;
  const [ls, lt, cs, ct] = [1, 1.5, 0.75, 1.125].map((share) => (spatial * share).toFixed(2));
  return [`hqdn3d=luma_spatial=${ls}:chroma_spatial=${cs}:luma_tmp=${lt}:chroma_tmp=${ct}`];
}
