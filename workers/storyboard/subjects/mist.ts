import { css } from '../color/space.ts';
import { createLine } from '../noise.ts';
import type { Item, Stage } from '../scene/scene.ts';

/** A bank of mist round a row: thick in the middle, nothing at its edges, drifting. `power` 0 to 1. */
export function mist(
  stage: Stage,
  name: string,
  at: { y: number; height: number; depth: number; power: number },
  options: { beyond?: boolean } = {},
): Item {
  const random = stage.random.fork(name);
  const wave = createLine(random, 4, 2, 0.6);
  const way = random.pick([-1, 1]);
  const width = stage.width + 2 * stage.margin;
  const color = (alpha: number) => css(stage.palette.haze, alpha);
  const puffs = Array.from({ length: 9 }, (_, index) => ({
    x: (index / 9) * width - stage.margin,
    size: at.height * random.between(1.6, 3.4),
    y: random.between(-0.25, 0.25) * at.height,
    power: random.between(0.3, 0.9),
  }));
  return {
    depth: at.depth,
    still: true,
    ...(options.beyond ? { beyond: true } : {}),
    pose: (time) => ({ dx: way * 18 * (stage.unit / 720) * Math.sin(time * 0.16), dy: 0, turn: 0 }),
    box: { x: -stage.margin, y: at.y - at.height, width, height: at.height * 2 },
    draw: (pen) => {
      const gradient = pen.createLinearGradient(0, at.y - at.height, 0, at.y + at.height);
      for (const [stop, alpha] of [
        [0, 0],
        [0.3, 0.35],
        [0.5, 0.75],
        [0.7, 0.35],
        [1, 0],
      ] as const)
        gradient.addColorStop(stop, color(alpha * at.power));
      pen.fillStyle = gradient;
      pen.fillRect(-stage.margin, at.y - at.height, width, at.height * 2);
      for (const puff of puffs) {
        const y = at.y + puff.y + wave(puff.x / width) * at.height * 0.1;
        pen.save();
        pen.translate(puff.x, y);
        pen.scale(1, 0.2);
        const round = pen.createRadialGradient(0, 0, 0, 0, 0, puff.size);
        round.addColorStop(0, color(at.power * 0.4 * puff.power));
        round.addColorStop(0.5, color(at.power * 0.16 * puff.power));
        round.addColorStop(1, color(0));
        pen.fillStyle = round;
        pen.fillRect(-puff.size, -puff.size, puff.size * 2, puff.size * 2);
        pen.restore();
      }
    },
  };
}
