import { css } from '../color/space.ts';
import { createLine } from '../noise.ts';
import { hazeAt, lit, paint } from '../scene/light.ts';
import type { Item, Stage } from '../scene/scene.ts';

/** A range of rounded hills from side to side, faded by its depth; `base` is the row it stands on, `rise` its height in pixels. */
export function hills(
  stage: Stage,
  name: string,
  at: { base: number; rise: number; depth: number; color: string; below?: number },
  options: { waterline?: number; beyond?: boolean; gaps?: boolean; waves?: number } = {},
): Item {
  const random = stage.random.fork(name);
  const wave = createLine(random, 5, options.waves ?? 2, 0.5);
  const swell = createLine(random, 2, 1, 0.6);
  const left = -stage.margin;
  const width = stage.width + 2 * stage.margin;
  const below = at.below ?? 0;
  const top = (x: number) => {
    const part = (x - left) / width;
    const high = 0.5 + 0.5 * wave(part * 0.93);
    const mass = options.gaps ? Math.max(0, 0.25 + swell(part) * 1.1) : 0.75 + 0.25 * swell(part);
    // Between islands there is nothing, not a thin line.
    if (options.gaps && mass === 0) return at.base + below + 2;
    return at.base - at.rise * (options.gaps ? mass * (0.45 + 0.75 * high) : 0.25 + 0.75 * high * mass);
  };
  return {
    depth: at.depth,
    still: true,
    ...(options.waterline === undefined ? {} : { waterline: options.waterline }),
    ...(options.beyond ? { beyond: true } : {}),
    box: { x: left, y: at.base - at.rise * 1.5, width, height: at.rise * 1.5 + below + 1 },
    draw: (pen) => {
      pen.beginPath();
      pen.moveTo(left, at.base + below + 1);
      const step = Math.max(2, stage.unit / 240);
      for (let x = left; x <= left + width + step; x += step) pen.lineTo(x, top(x));
      pen.lineTo(left + width, at.base + below + 1);
      pen.closePath();
      const gradient = pen.createLinearGradient(0, at.base - at.rise, 0, at.base + below * 0.6);
      const crown = lit(stage, at.color, stage.front * 0.8, at.depth);
      gradient.addColorStop(0, css(crown));
      // The air lies in the valleys: the foot is paler than the crown.
      gradient.addColorStop(
        1,
        paint(stage, at.color, stage.front * 0.55, at.depth * (1.25 + hazeAt(stage, at.depth))),
      );
      pen.fillStyle = gradient;
      pen.fill();
    },
  };
}
