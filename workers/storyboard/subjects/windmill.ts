import { paint, shine } from '../scene/light.ts';
import type { Item, Stage } from '../scene/scene.ts';
import { line, shape } from './strokes.ts';

/** A tower mill whose sails turn. `height` is that of the tower. */
export function windmill(stage: Stage, at: { x: number; y: number; height: number; depth: number }): Item[] {
  const { x, y, height, depth } = at;
  const hub = y - height * 0.86;
  const bright = Math.min(1, stage.front + 0.35);
  const tower: Item = {
    depth,
    still: true,
    box: { x: x - height * 0.32, y: y - height * 1.05, width: height * 0.64, height: height * 1.08 },
    draw: (pen) => {
      const fill = pen.createLinearGradient(x - height * 0.2, 0, x + height * 0.2, 0);
      fill.addColorStop(stage.sunSide < 0 ? 0 : 1, paint(stage, '#e4d8c4', bright, depth));
      fill.addColorStop(stage.sunSide < 0 ? 1 : 0, paint(stage, '#cbbca6', stage.front * 0.45, depth));
      shape(
        pen,
        [
          [x - height * 0.2, y],
          [x - height * 0.12, y - height * 0.78],
          [x + height * 0.12, y - height * 0.78],
          [x + height * 0.2, y],
        ],
        fill,
      );
      pen.fillStyle = paint(stage, '#5c4334', stage.front + 0.1, depth);
      pen.beginPath();
      pen.moveTo(x - height * 0.15, y - height * 0.77);
      pen.quadraticCurveTo(x - height * 0.12, y - height * 0.98, x, y - height);
      pen.quadraticCurveTo(x + height * 0.12, y - height * 0.98, x + height * 0.15, y - height * 0.77);
      pen.fill();
      pen.fillStyle = stage.palette.lamps
        ? shine(stage, '#ffd88a', depth)
        : paint(stage, '#3b3f47', stage.front, depth);
      pen.fillRect(x - height * 0.025, y - height * 0.5, height * 0.05, height * 0.07);
      pen.fillRect(x + height * 0.04, y - height * 0.28, height * 0.05, height * 0.07);
      pen.fillStyle = paint(stage, '#4d3327', stage.front * 0.7, depth);
      pen.fillRect(x - height * 0.05, y - height * 0.15, height * 0.08, height * 0.15);
    },
  };
  const sails: Item = {
    depth: depth - 0.004,
    still: true,
    pivot: { x, y: hub },
    pose: (time) => ({ dx: 0, dy: 0, turn: time * 0.55 * stage.side + 0.4 }),
    speed: height * 0.3,
    box: { x: x - height * 0.7, y: hub - height * 0.7, width: height * 1.4, height: height * 1.4 },
    draw: (pen) => {
      const wood = paint(stage, '#4c382b', stage.front, depth);
      const cloth = paint(stage, '#efe4d0', bright, depth, 0.88);
      for (let arm = 0; arm < 4; arm++) {
        pen.save();
        pen.translate(x, hub);
        pen.rotate((arm * Math.PI) / 2);
        shape(
          pen,
          [
            [height * 0.015, -height * 0.14],
            [height * 0.11, -height * 0.14],
            [height * 0.11, -height * 0.64],
            [height * 0.015, -height * 0.64],
          ],
          cloth,
        );
        for (let bar = 0; bar < 7; bar++)
          line(
            pen,
            [
              [0, -height * (0.14 + bar * 0.083)],
              [height * 0.11, -height * (0.14 + bar * 0.083)],
            ],
            wood,
            height * 0.006,
          );
        line(
          pen,
          [
            [0, 0],
            [0, -height * 0.66],
          ],
          wood,
          height * 0.016,
        );
        pen.restore();
      }
      pen.fillStyle = wood;
      pen.beginPath();
      pen.arc(x, hub, height * 0.026, 0, 7);
      pen.fill();
    },
  };
  return [tower, sails];
}
