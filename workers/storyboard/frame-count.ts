/** Frames in a clip: at least one. */
export function frameCount(clip: { duration: number; fps: number }): number {
  return Math.max(1, Math.round(clip.duration * clip.fps));
}
