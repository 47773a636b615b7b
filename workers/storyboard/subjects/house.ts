import type { Pen } from '../canvas.ts';
import { css, hex } from '../color/space.ts';
import type { Random } from '../random.ts';
import { paint, shine } from '../scene/light.ts';
import type { Item, Stage } from '../scene/scene.ts';
import { glow, shape } from './strokes.ts';

const walls = ['#e6d9c3', '#d8b48a', '#c98f72', '#b7c3c4', '#d9cfc6', '#c46f55', '#9fb0a0', '#e0c27e'];
const roofs = ['#8a3f32', '#6d4a3e', '#4c4f5c', '#7d5a48', '#55605f'];

/** A house with a gabled front, a long side, a chimney with smoke, lit windows when lamps are on. `size` is its height. */
export function house(
  stage: Stage,
  at: { x: number; y: number; size: number; depth: number; waterline?: number },
  color: string | null,
  random: Random,
): Item {
  const { x, y, size, depth } = at;
  const wall = color ?? random.pick(walls);
  const roof = random.pick(roofs);
  const long = random.between(0.85, 1.3);
  const way = stage.sunSide;
  const smokes = random.chance(0.7) && stage.time !== 'day';
  return {
    depth,
    still: true,
    ...(at.waterline === undefined ? {} : { waterline: at.waterline }),
    box: { x: x - size * 1.6, y: y - size * 1.9, width: size * 3.2, height: size * 2 },
    draw: (pen) => {
      pen.save();
      pen.translate(x, y);
      pen.scale(size * way, size);
      drawHouse(pen, stage, depth, wall, roof, long);
      if (smokes) drawSmoke(pen, stage, long);
      pen.restore();
    },
  };
}

/** Unit space: 1 high to the ridge, gable towards the light (right). */
function drawHouse(pen: Pen, stage: Stage, depth: number, wall: string, roof: string, long: number): void {
  const bright = Math.min(1, stage.front + 0.35);
  const dim = stage.front * 0.75;
  const eave = -0.52;
  const gable = 0.68;
  const left = -(long + gable) / 2;
  const corner = left + long;
  const right = corner + gable;
  const middle = corner + gable / 2;
  const snow = stage.weather === 'snow';
  // Ground shadow.
  pen.fillStyle = css([0, 0, 0.01], 0.22);
  pen.beginPath();
  pen.ellipse((left + right) / 2, 0.0, (right - left) * 0.56, 0.045, 0, 0, 7);
  pen.fill();
  shape(
    pen,
    [
      [left, 0.01],
      [left, eave],
      [corner, eave],
      [corner, 0.01],
    ],
    paint(stage, wall, dim, depth),
  );
  shape(
    pen,
    [
      [corner, 0.01],
      [corner, eave],
      [middle, -0.97],
      [right, eave],
      [right, 0.01],
    ],
    paint(stage, wall, bright, depth),
  );
  const slates = pen.createLinearGradient(0, -1, 0, eave);
  slates.addColorStop(0, paint(stage, snow ? '#f2f5fa' : roof, bright * 0.85, depth));
  slates.addColorStop(1, paint(stage, snow ? '#dfe6f0' : roof, dim * 0.8, depth));
  shape(
    pen,
    [
      [left - 0.07, eave + 0.05],
      [left + 0.16, -1],
      [middle, -1],
      [corner - 0.02, eave + 0.05],
    ],
    slates,
  );
  pen.lineWidth = 0.05;
  pen.lineCap = 'round';
  pen.strokeStyle = paint(stage, snow ? '#ffffff' : roof, bright * 0.6, depth);
  pen.beginPath();
  pen.moveTo(corner - 0.05, eave + 0.05);
  pen.lineTo(middle, -0.99);
  pen.lineTo(right + 0.05, eave + 0.05);
  pen.stroke();
  pen.fillStyle = paint(stage, '#8c6a5a', dim, depth);
  pen.fillRect(left + long * 0.36, -1.2, 0.14, 0.3);
  pen.fillStyle = paint(stage, '#6b5146', dim, depth);
  pen.fillRect(left + long * 0.36 - 0.02, -1.22, 0.18, 0.05);
  const glass = stage.palette.lamps ? shine(stage, '#ffd88a', depth) : paint(stage, '#4b5a68', 0.35, depth);
  const frame = paint(stage, '#f4efe6', bright * 0.9, depth);
  const pane = (px: number, py: number, w: number, h: number) => {
    pen.fillStyle = frame;
    pen.fillRect(px - w / 2 - 0.018, py - h / 2 - 0.018, w + 0.036, h + 0.036);
    pen.fillStyle = glass;
    pen.fillRect(px - w / 2, py - h / 2, w, h);
    pen.fillStyle = frame;
    pen.fillRect(px - 0.006, py - h / 2, 0.012, h);
    pen.fillRect(px - w / 2, py - 0.006, w, 0.012);
  };
  const panes = long > 1.05 ? [0.2, 0.5, 0.8] : [0.28, 0.72];
  for (const part of panes) pane(left + long * part, -0.29, 0.15, 0.19);
  pane(middle + 0.17, -0.28, 0.13, 0.18);
  pane(middle, -0.66, 0.11, 0.14);
  pen.fillStyle = paint(stage, '#5b3a2c', bright * 0.6, depth);
  pen.beginPath();
  pen.roundRect(middle - 0.2, -0.36, 0.16, 0.37, [0.03, 0.03, 0, 0]);
  pen.fill();
  if (stage.palette.lamps) {
    const warm = (alpha: number) => css(hex('#ffc46a'), alpha);
    for (const part of panes) glow(pen, left + long * part, -0.29, 0.3, warm, 0.3);
    glow(pen, middle + 0.17, -0.28, 0.3, warm, 0.3);
  }
}

function drawSmoke(pen: Pen, stage: Stage, long: number): void {
  const x = -(long + 0.68) / 2 + long * 0.36 + 0.07;
  for (let puff = 0; puff < 7; puff++) {
    const part = puff / 6;
    const gradient = pen.createRadialGradient(0, 0, 0, 0, 0, 1);
    gradient.addColorStop(0, css(stage.palette.cloudLit, 0.13 * (1 - part * 0.8)));
    gradient.addColorStop(1, css(stage.palette.cloudLit, 0));
    pen.save();
    pen.translate(x + part * part * 0.3, -1.26 - part * 0.5);
    pen.scale(0.07 + part * 0.16, 0.07 + part * 0.12);
    pen.fillStyle = gradient;
    pen.fillRect(-1, -1, 2, 2);
    pen.restore();
  }
}
