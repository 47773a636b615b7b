import type { Pen } from '../canvas.ts';
import { css, hex } from '../color/space.ts';
import { paint, shine } from '../scene/light.ts';
import type { Item, Stage } from '../scene/scene.ts';
import { glow, shape } from './strokes.ts';

/** A village church: a nave with a steep roof and a tower with a spire towards the light. `size` is the height of its roof; the spire is 2.3
 * times as high. */
export function church(
  stage: Stage,
  at: { x: number; y: number; size: number; depth: number; waterline?: number },
  color: string | null,
): Item {
  const { x, y, size, depth } = at;
  return {
    depth,
    still: true,
    ...(at.waterline === undefined ? {} : { waterline: at.waterline }),
    box: { x: x - size * 1.6, y: y - size * 2.5, width: size * 3.2, height: size * 2.6 },
    draw: (pen) => {
      pen.save();
      pen.translate(x, y);
      pen.scale(size * stage.sunSide, size);
      drawChurch(pen, stage, depth, color ?? '#d9d0bf');
      pen.restore();
    },
  };
}

const left = -1.05;
const corner = 0.32;
const right = 0.9;
const middle = (corner + right) / 2;
const eave = -0.5;
const belfry = -1.4;

/** Unit space: 1 high to the ridge of the nave, the tower at its end towards the light (right). */
function drawChurch(pen: Pen, stage: Stage, depth: number, wall: string): void {
  const bright = Math.min(1, stage.front + 0.35);
  const dim = stage.front * 0.75;
  const snow = stage.weather === 'snow';
  pen.fillStyle = css([0, 0, 0.01], 0.22);
  pen.beginPath();
  pen.ellipse((left + right) / 2, 0, (right - left) * 0.56, 0.045, 0, 0, 7);
  pen.fill();
  box(pen, left, eave, corner, paint(stage, wall, dim, depth));
  const slates = pen.createLinearGradient(0, -1, 0, eave);
  slates.addColorStop(0, paint(stage, snow ? '#f2f5fa' : '#5d4a48', bright * 0.85, depth));
  slates.addColorStop(1, paint(stage, snow ? '#dfe6f0' : '#5d4a48', dim * 0.8, depth));
  shape(
    pen,
    [
      [left - 0.06, eave + 0.04],
      [left + 0.14, -1],
      [corner, -1],
      [corner, eave + 0.04],
    ],
    slates,
  );
  // The tower's lit face, and a narrow one in its shade.
  box(pen, corner, belfry, right, paint(stage, wall, bright, depth));
  box(pen, corner, belfry, corner + 0.12, paint(stage, wall, dim * 0.9, depth));
  pen.fillStyle = paint(stage, wall, bright * 0.8, depth);
  pen.fillRect(corner - 0.03, belfry - 0.02, right - corner + 0.06, 0.06);
  const spire = snow ? '#e8eef6' : '#4c5560';
  shape(
    pen,
    [
      [corner - 0.04, belfry],
      [middle, -2.3],
      [right + 0.04, belfry],
    ],
    paint(stage, spire, bright * 0.75, depth),
  );
  shape(
    pen,
    [
      [corner - 0.04, belfry],
      [middle, -2.3],
      [corner + 0.14, belfry],
    ],
    paint(stage, spire, dim * 0.7, depth),
  );
  pen.fillStyle = paint(stage, '#caa85a', bright, depth);
  pen.fillRect(middle - 0.012, -2.46, 0.024, 0.18);
  pen.fillRect(middle - 0.05, -2.41, 0.1, 0.024);
  const glass = stage.palette.lamps ? shine(stage, '#ffd88a', depth) : paint(stage, '#4b5a68', 0.35, depth);
  const panes = [left + 0.26, left + 0.62, left + 0.98];
  for (const pane of panes) arch(pen, pane, -0.1, 0.13, 0.3, glass);
  arch(pen, middle + 0.04, -1.02, 0.15, 0.28, paint(stage, '#2e2a2c', bright * 0.6, depth));
  arch(pen, middle + 0.04, 0.01, 0.2, 0.4, paint(stage, '#5b3a2c', bright * 0.6, depth));
  if (!stage.palette.lamps) return;
  for (const pane of panes) glow(pen, pane, -0.25, 0.3, (alpha) => css(hex('#ffc46a'), alpha), 0.3);
}

function box(pen: Pen, from: number, top: number, to: number, fill: string): void {
  pen.fillStyle = fill;
  pen.fillRect(from, top, to - from, 0.01 - top);
}

/** A window or door with a pointed head; `y` is its foot. */
function arch(pen: Pen, x: number, y: number, width: number, height: number, fill: string): void {
  const spring = y - height + width * 0.8;
  pen.beginPath();
  pen.moveTo(x - width / 2, y);
  pen.lineTo(x - width / 2, spring);
  pen.quadraticCurveTo(x - width / 2, y - height * 0.92, x, y - height);
  pen.quadraticCurveTo(x + width / 2, y - height * 0.92, x + width / 2, spring);
  pen.lineTo(x + width / 2, y);
  pen.closePath();
  pen.fillStyle = fill;
  pen.fill();
}
