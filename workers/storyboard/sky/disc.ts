import { createTexture, sample } from '../noise.ts';
import type { Aim } from '../optics/camera.ts';
import type { Stage } from '../scene/scene.ts';
import type { SkyField } from './sky.ts';
import type { Disc } from './sun.ts';

/** Paints the sun or the moon into the frame's light above row `bottom`, dimmed where clouds have brightened or darkened the sky. */
export function createDisc(
  stage: Stage,
  disc: Disc,
): (frame: Float32Array, sky: SkyField, aim: Aim, bottom: number) => void {
  const { width, unit, horizon, palette } = stage;
  const radius = disc.radius * unit;
  const seas = createTexture(stage.random.fork('moon'), 64, 4, 3);
  // Behind thin cloud the rim is soft.
  const feather = 1 + (1 - palette.discAlpha) * radius * 0.8;
  const thin = 0.12 + 0.88 * palette.discAlpha ** 2;
  const strength = disc.moon && stage.time !== 'night' ? 0.25 * palette.discAlpha : palette.discAlpha;
  return (frame, _sky, aim, bottom) => {
    if (strength <= 0.02) return;
    const centreX = width / 2 + disc.azimuth * unit + aim.yaw;
    const centreY = horizon - disc.elevation * unit + aim.tilt;
    const left = Math.max(0, Math.floor(centreX - radius - feather));
    const right = Math.min(width - 1, Math.ceil(centreX + radius + feather));
    const low = Math.min(bottom - 1, Math.ceil(centreY + radius + feather));
    for (let y = Math.max(0, Math.floor(centreY - radius - feather)); y <= low; y++)
      for (let x = left; x <= right; x++) {
        const dx = x - centreX;
        const dy = y - centreY;
        const edge = Math.min(1, Math.max(0, (radius - Math.hypot(dx, dy)) / feather + 0.5)) * strength;
        if (edge <= 0) continue;
        const spot = sample(seas, 20 + (dx / radius) * 12, 20 + (dy / radius) * 12);
        const face = disc.moon ? 0.28 * (0.62 + 0.55 * Math.min(1, Math.max(0, (spot - 0.3) * 2.4))) : 1;
        const at = (y * width + x) * 3;
        for (let part = 0; part < 3; part++) {
          const light = palette.disc[part]! * thin * face * (disc.moon && stage.time !== 'night' ? 0.1 : 1);
          frame[at + part] = frame[at + part]! * (1 - edge) + Math.max(frame[at + part]!, light) * edge;
        }
      }
  };
}
