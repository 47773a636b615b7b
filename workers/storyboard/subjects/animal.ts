import type { Random } from '../random.ts';
import { paint } from '../scene/light.ts';
import type { Item, Stage } from '../scene/scene.ts';
import { blob, line, taper } from './strokes.ts';

/** A dog or a sheep, standing; tail or head moves. `size` is its height in pixels. */
export function animal(
  stage: Stage,
  at: { x: number; y: number; size: number; depth: number; way: number },
  kind: 'dog' | 'sheep',
  color: string | null,
  random: Random,
): Item {
  const { x, y, size, depth, way } = at;
  const phase = random.between(0, 6.28);
  const own = color ?? (kind === 'sheep' ? '#e9e3d6' : random.pick(['#7a5232', '#2f2a28', '#b08a58']));
  const legs = kind === 'sheep' ? '#3a332f' : own;
  return {
    depth,
    still: false,
    speed: size * 0.1,
    box: { x: x - size * 1.1, y: y - size * 1.3, width: size * 2.2, height: size * 1.35 },
    draw: (pen, time) => {
      const dye = (hue: string, facing: number) => paint(stage, hue, facing, depth);
      const bright = Math.min(1, stage.front + 0.3);
      pen.save();
      pen.translate(x, y);
      pen.scale(way * size, size);
      for (const [lx, shade] of [
        [-0.34, 0.4],
        [0.26, 0.4],
        [-0.42, 0.8],
        [0.34, 0.8],
      ] as const)
        taper(pen, [lx, -0.4], [lx + 0.02, -0.01], 0.12, 0.07, dye(legs, stage.front * shade));
      if (kind === 'sheep') {
        const graze = Math.max(0, Math.sin(time * 0.4 + phase)) * 0.42;
        blob(
          pen,
          [
            [0.42, -0.72 + graze],
            [0.66, -0.78 + graze],
            [0.8, -0.56 + graze],
            [0.74, -0.46 + graze],
            [0.5, -0.46 + graze],
          ],
          dye('#3a332f', stage.front),
        );
        for (const [bx, by, r] of [
          [-0.36, -0.6, 0.26],
          [-0.1, -0.68, 0.3],
          [0.2, -0.66, 0.28],
          [0.36, -0.56, 0.2],
          [-0.42, -0.5, 0.2],
          [0, -0.5, 0.34],
        ] as const) {
          pen.fillStyle = dye(own, by < -0.55 ? bright : stage.front * 0.8);
          pen.beginPath();
          pen.arc(bx, by, r, 0, 7);
          pen.fill();
        }
      } else {
        const wag = Math.sin(time * 7 + phase) * 0.14;
        line(
          pen,
          [
            [-0.46, -0.66],
            [-0.62, -0.82 + wag * 0.4],
            [-0.68 + wag * 0.3, -0.98],
          ],
          dye(own, bright),
          0.07,
        );
        blob(
          pen,
          [
            [-0.5, -0.7],
            [0, -0.72],
            [0.4, -0.78],
            [0.48, -0.5],
            [0.3, -0.36],
            [-0.1, -0.42],
            [-0.44, -0.4],
          ],
          dye(own, stage.front * 0.9),
        );
        taper(pen, [0.36, -0.66], [0.56, -0.92], 0.26, 0.2, dye(own, stage.front));
        blob(
          pen,
          [
            [0.42, -1.02],
            [0.62, -1.1],
            [0.74, -1.0],
            [0.94, -0.94],
            [0.92, -0.84],
            [0.66, -0.8],
            [0.48, -0.84],
          ],
          dye(own, bright),
        );
        blob(
          pen,
          [
            [0.46, -1.08],
            [0.56, -1.04],
            [0.5, -0.8],
            [0.42, -0.82],
          ],
          dye(own, stage.front * 0.5),
        );
      }
      pen.restore();
    },
  };
}
