import { paint } from '../scene/light.ts';
import type { Item, Stage } from '../scene/scene.ts';

/** A low wall of stones through the water, from edge to edge, for a railway; `y` is its top, `waterline` where the water begins. */
export function dam(stage: Stage, at: { y: number; waterline: number; depth: number }): Item {
  const { y, waterline, depth } = at;
  const random = stage.random.fork('dam');
  const high = waterline - y;
  const box = { x: -stage.margin, y, width: stage.width + 2 * stage.margin, height: high };
  const stones = Array.from({ length: Math.ceil(box.width / (high * 0.9)) * 2 }, () => ({
    x: box.x + random.next() * box.width,
    y: y + high * random.between(0.3, 0.95),
    long: high * random.between(0.2, 0.5),
    light: random.between(0.5, 0.9),
  }));
  return {
    depth,
    still: true,
    waterline,
    box,
    draw: (pen) => {
      const fill = pen.createLinearGradient(0, y, 0, waterline);
      fill.addColorStop(0, paint(stage, '#8a8378', Math.min(1, stage.front + 0.2), depth));
      fill.addColorStop(0.25, paint(stage, '#6a655e', stage.front * 0.8, depth));
      fill.addColorStop(1, paint(stage, '#45433f', stage.front * 0.5, depth));
      pen.fillStyle = fill;
      pen.fillRect(box.x, y, box.width, high);
      for (const stone of stones) {
        pen.fillStyle = paint(stage, '#7d776d', stage.front * stone.light, depth);
        pen.fillRect(stone.x, stone.y, stone.long, high * 0.1);
      }
    },
  };
}
