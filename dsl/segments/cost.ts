import type { EnhanceArguments } from '../arguments.ts';
import type { FrameStages } from './frame-stages.ts';

/* What frame work costs on the machine that everything is measured on: seconds of two slow cores for a megapixel. Where pieces end follows
 * from these figures, and so do the bytes of long clips: whoever changes one raises the versions of ENHANCE, GRADE and the pass. They
 * need not be right on other machines: how many pieces a job takes follows what it took before. */

/** To decode, bring to our colours and encode. */
const coding = 0.055;

/** A chain of colour filters; hqdn3d. */
const grading = 0.06;
const denoising = 0.01;

/** By megapixel that a network takes (workers/models/manifest.ts). */
const networks: Readonly<Record<string, number>> = {
  'esrgan-slim': 2.5,
  'esrgan-medium': 7,
  'realesr-animevideov3': 9,
  'rife-4.6': 0.75,
};

/** Of a network that was not measured. */
const otherNetwork = 8;

/** Seconds that each frame of the result takes there; `size` is the clip's. */
export function secondsAFrame(
  { stages, shape }: FrameStages,
  size: { width: number; height: number },
): number {
  let pixels = (size.width * size.height) / 1e6;
  let seconds = 0;
  for (const { operation, arguments: args } of stages) {
    if (operation === 'grade') seconds += grading * pixels;
    if (operation !== 'enhance') continue;
    const { upscale, denoise, interpolate, model, interpolator } = args as EnhanceArguments;
    if (denoise) seconds += denoising * pixels;
    if (interpolate !== null) seconds += costOf(interpolator) * pixels;
    if (upscale === null) continue;
    seconds += costOf(model) * pixels;
    pixels *= upscale * upscale;
  }
  const made = shape === null ? pixels : Math.max(pixels, (shape.width * shape.height) / 1e6);
  return seconds + coding * made;
}

function costOf(network: string | null): number {
  return network === null ? 0 : (networks[network] ?? otherNetwork);
}
