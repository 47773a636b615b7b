import type { Random } from '../random.ts';
import { paint, shine } from '../scene/light.ts';
import type { Item, Stage } from '../scene/scene.ts';
import { line, shape } from './strokes.ts';

/** A hot-air balloon with gores in two colours that rises and sways; `size` is its height. */
export function balloon(
  stage: Stage,
  at: { x: number; y: number; size: number; depth: number },
  color: string | null,
  random: Random,
): Item {
  const { x, y, size, depth } = at;
  const first = color ?? random.pick(['#c8352f', '#e09a2d', '#2d6f8e', '#7a3d7c']);
  const second = random.pick(['#f3e3c2', '#f0c95a', '#e9ddd0']);
  const phase = random.between(0, 6.28);
  return {
    depth,
    still: true,
    pivot: { x, y: y - size * 0.3 },
    pose: (time) => ({
      dx: time * stage.unit * 0.004,
      dy: Math.sin(time * 0.35 + phase) * size * 0.035,
      turn: Math.sin(time * 0.5 + phase) * 0.018,
    }),
    box: { x: x - size * 0.45, y: y - size * 1.05, width: size * 0.9, height: size * 1.1 },
    draw: (pen) => {
      pen.save();
      pen.translate(x, y);
      pen.scale(size, size);
      const gores = 8;
      for (let gore = 0; gore < gores; gore++) {
        const edge = (part: number) => -Math.cos((Math.PI * part) / gores) * 0.37;
        const a = edge(gore);
        const b = edge(gore + 1);
        const facing = stage.front + 0.45 * ((a + b) / 0.74) * stage.sunSide + 0.12;
        pen.beginPath();
        pen.moveTo(0, -1);
        pen.bezierCurveTo(a * 1.25, -1, a * 1.45, -0.5, a * 0.2, -0.19);
        pen.lineTo(b * 0.2, -0.19);
        pen.bezierCurveTo(b * 1.45, -0.5, b * 1.25, -1, 0, -1);
        pen.fillStyle = paint(stage, gore % 2 ? second : first, Math.min(1, Math.max(0.06, facing)), depth);
        pen.fill();
      }
      if (stage.palette.lamps) {
        const inner = pen.createRadialGradient(0, -0.2, 0, 0, -0.35, 0.45);
        inner.addColorStop(0, shine(stage, '#ffc566', depth, 0.75));
        inner.addColorStop(1, shine(stage, '#ff9a3c', depth, 0));
        pen.globalCompositeOperation = 'source-atop';
        pen.fillStyle = inner;
        pen.fillRect(-0.5, -1, 1, 0.85);
        pen.globalCompositeOperation = 'source-over';
      }
      const rope = paint(stage, '#3c332d', stage.front, depth);
      for (const side of [-1, 1])
        line(
          pen,
          [
            [side * 0.07, -0.19],
            [side * 0.045, -0.09],
          ],
          rope,
          0.005,
        );
      shape(
        pen,
        [
          [-0.05, -0.09],
          [0.05, -0.09],
          [0.042, 0],
          [-0.042, 0],
        ],
        paint(stage, '#7a5632', stage.front + 0.1, depth),
      );
      pen.restore();
    },
  };
}
