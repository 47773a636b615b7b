import type { Predicted } from './facts.ts';

/** Containers whose index ffmpeg seeks by exactly. */
const seekable = ['mp4', 'matroska'];

/** Whether frames of a clip can be found without reading all before them. H.264 in 4:4:4 must be decoded from its first frame: only there
 * x264 says its version, by which the decoder mends what older versions wrote (a bird at 11.5 s came out green). What is not made
 * yet will be as we encode. */
export function canSeek({
  codec = 'h264',
  container = 'mp4',
  pixelFormat = 'yuv420p',
}: Pick<Predicted, 'codec' | 'container' | 'pixelFormat'>): boolean {
  return seekable.includes(container) && !(codec === 'h264' && !pixelFormat.startsWith('yuv420p'));
}
