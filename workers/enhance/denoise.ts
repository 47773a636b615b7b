/** The ffmpeg filter that takes out noise, `strength` 0 to 100: hqdn3d, which smooths each picture a little and follows each pixel through
 * time. docs/enhance.md has what was measured against atadenoise and nlmeans.
 *
 * 50 is right for noise of about σ 10 of 255, 100 for σ 20 and more. The temporal part is 1.5 times the spatial one, as in ffmpeg's
 * own defaults, and colour gets three quarters, as there. */
export function denoiseFilter(strength: number): string {
  const spatial = (strength / 100) * 16;
  const luma = [spatial, spatial * 1.5];
  const [ls, lt, cs, ct] = [...luma, ...luma.map((each) => each * 0.75)].map((each) => each.toFixed(2));
  return `hqdn3d=luma_spatial=${ls}:chroma_spatial=${cs}:luma_tmp=${lt}:chroma_tmp=${ct}`;
}
