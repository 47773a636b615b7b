import type { Lens } from '../optics/lens.ts';
import type { Brief } from '../prompt/brief.ts';
import type { Random } from '../random.ts';
import { paletteOf } from './palette.ts';
import type { Stage } from './scene.ts';

/** The stage for a brief: the light, the horizon, the side of the hero. */
export function setStage(
  brief: Brief,
  frame: { width: number; height: number },
  lens: Lens,
  random: Random,
): Stage {
  const { width, height } = frame;
  const own = random.fork('stage');
  const unit = Math.sqrt(width * height) * 0.75;
  const open = ['plain', 'desert', 'village', 'forest'].includes(brief.setting);
  const portrait = height > width;
  const base = (portrait ? 0.6 : 0.585) + (open ? 0.06 : 0) + own.between(-0.025, 0.03);
  const palette = paletteOf(brief.time, brief.weather);
  const asked = brief.subjects.find((subject) => subject.side === -1 || subject.side === 1)?.side;
  const side = asked ?? own.pick([-1, 1]);
  return {
    width,
    height,
    unit,
    horizon: Math.round(height * base),
    margin: width * 0.32,
    palette,
    weather: brief.weather,
    time: brief.time,
    side,
    front: { dawn: 0.32, day: 0.72, dusk: 0.22, night: 0.55 }[brief.time],
    sunSide: -side,
    magnify: lens.magnify,
    random,
  };
}

/** Row where something stands on the plane at a depth: nearer is lower. */
export function groundAt(stage: Stage, depth: number): number {
  return stage.horizon + (0.13 * stage.unit) / depth;
}

/** Depth of a row of the plane. */
export function depthAt(stage: Stage, y: number): number {
  return (0.13 * stage.unit) / Math.max(1, y - stage.horizon);
}

/** Size in pixels of something that is `size` units tall at depth 1. */
export function sized(stage: Stage, size: number, depth: number): number {
  return (size * stage.unit * stage.magnify(depth)) / depth;
}
