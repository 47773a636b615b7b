import { paint, shine } from '../scene/light.ts';
import type { Item, Stage } from '../scene/scene.ts';

/** A train of five coaches that crosses the frame; `size` is a coach's height. It returns after a while. Water at `waterline` mirrors it. */
export function train(
  stage: Stage,
  at: { x: number; y: number; size: number; depth: number; way: number; waterline?: number },
  color: string | null,
): Item {
  const { size, y, depth, way } = at;
  const coach = size * 3.1;
  const total = coach * 5;
  const range = stage.width + 2 * stage.margin + total;
  const speed = stage.unit * 0.13;
  return {
    depth,
    still: false,
    ...(at.waterline === undefined ? {} : { waterline: at.waterline }),
    speed,
    box: {
      x: -stage.margin - total,
      y: y - size * 1.2,
      width: stage.width + 2 * (stage.margin + total),
      height: size * 1.3,
    },
    draw: (pen, time) => {
      // The nose's way since it came in; after the last coach has left, it comes again.
      const gone = way > 0 ? at.x : stage.width - at.x;
      const part = ((((gone + stage.margin + speed * time) % range) + range) % range) - stage.margin;
      pen.save();
      pen.translate(way > 0 ? part : stage.width - part, y);
      pen.scale(way * size, size);
      const own = color ?? '#8e2f2a';
      for (let index = 0; index < 5; index++) {
        const x = -index * 3.1;
        const fill = pen.createLinearGradient(0, -1, 0, -0.1);
        fill.addColorStop(0, paint(stage, '#d9d2c4', stage.front + 0.2, depth));
        fill.addColorStop(0.16, paint(stage, own, Math.min(1, stage.front + 0.35), depth));
        fill.addColorStop(1, paint(stage, own, stage.front * 0.4, depth));
        pen.fillStyle = fill;
        pen.beginPath();
        pen.roundRect(x - 3, -1, 2.98, 0.86, index === 0 ? [0.1, 0.42, 0.16, 0.08] : 0.08);
        pen.fill();
        pen.fillStyle = paint(stage, '#26262b', stage.front * 0.5, depth);
        pen.fillRect(x - 2.9, -0.16, 2.8, 0.1);
        for (const wheel of [-2.5, -2.1, -0.9, -0.5]) {
          pen.beginPath();
          pen.arc(x + wheel, -0.11, 0.11, 0, 7);
          pen.fill();
        }
        pen.fillStyle = stage.palette.lamps
          ? shine(stage, '#ffe0a0', depth)
          : paint(stage, '#3f4d5b', stage.front, depth);
        for (let pane = 0; pane < 6; pane++) pen.fillRect(x - 2.8 + pane * 0.44, -0.78, 0.32, 0.28);
      }
      pen.restore();
    },
  };
}
