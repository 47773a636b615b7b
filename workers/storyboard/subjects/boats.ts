import type { Pen } from '../canvas.ts';
import { hex, mix } from '../color/space.ts';
import { paint, shine } from '../scene/light.ts';
import type { Item, Stage } from '../scene/scene.ts';
import { line, shape } from './strokes.ts';

export type Craft = 'boat' | 'sailboat' | 'ship';

/** A vessel afloat: it rides the swell, leans a little and drifts on. `size` is its length in pixels. */
export function vessel(
  stage: Stage,
  craft: Craft,
  at: { x: number; y: number; size: number; depth: number; way: number },
  color: string | null,
): Item {
  const { x, y, size, depth, way } = at;
  const random = stage.random.fork(`vessel ${Math.round(x)} ${Math.round(y)}`);
  const phase = random.between(0, 6.28);
  const rough = stage.weather === 'storm' ? 2.6 : stage.weather === 'rain' ? 1.5 : 1;
  const lift = size * (craft === 'ship' ? 0.006 : 0.018) * rough;
  const lean = (craft === 'ship' ? 0.006 : 0.026) * rough;
  const speed =
    (way * stage.unit * (craft === 'sailboat' ? 0.009 : craft === 'ship' ? 0.012 : 0.004)) / depth ** 0.5;
  const heel = craft === 'sailboat' ? 0.035 * way : 0;
  const tall = craft === 'sailboat' ? 1.5 : craft === 'ship' ? 0.5 : 0.75;
  const hull = color ?? random.pick(['#b03a2e', '#27597a', '#e8e0d2', '#2f5d50', '#c98a2b']);
  return {
    depth,
    still: true,
    waterline: y,
    pivot: { x, y },
    pose: (time) => ({
      dx: speed * time,
      dy: Math.sin(time * 1.25 + phase) * lift,
      turn: heel + Math.sin(time * 0.95 + phase * 1.7) * lean,
    }),
    box: { x: x - size * 0.75, y: y - size * tall, width: size * 1.5, height: size * (tall + 0.14) },
    draw: (pen) => {
      pen.save();
      pen.translate(x, y);
      pen.scale(way * size, size);
      if (craft === 'sailboat') drawSailboat(pen, stage, depth, hull, color);
      else if (craft === 'ship') drawShip(pen, stage, depth, color ?? '#7c2f2f');
      else drawFisher(pen, stage, depth, hull);
      pen.restore();
    },
  };
}

function sides(stage: Stage): { bright: number; dim: number } {
  return { bright: Math.min(1, stage.front + 0.3), dim: stage.front * 0.5 };
}

/** Unit space: 1 long, bow to the right, water line at 0. */
function drawSailboat(pen: Pen, stage: Stage, depth: number, hull: string, color: string | null): void {
  const { bright, dim } = sides(stage);
  const sail = color ?? '#f3e9d8';
  line(
    pen,
    [
      [0.02, -0.1],
      [0.02, -1.38],
    ],
    paint(stage, '#4a3a30', dim, depth),
    0.014,
  );
  // Mainsail, with the belly of the wind, then the jib.
  pen.beginPath();
  pen.moveTo(0.0, -1.32);
  pen.quadraticCurveTo(-0.3, -0.72, -0.46, -0.2);
  pen.quadraticCurveTo(-0.2, -0.16, 0.0, -0.2);
  pen.closePath();
  const main = pen.createLinearGradient(-0.45, 0, 0.02, 0);
  main.addColorStop(0, paint(stage, sail, bright, depth));
  main.addColorStop(1, paint(stage, mix(hex(sail), hex('#b9a48e'), 0.35), dim, depth));
  pen.fillStyle = main;
  pen.fill();
  pen.beginPath();
  pen.moveTo(0.05, -1.2);
  pen.quadraticCurveTo(0.22, -0.66, 0.47, -0.14);
  pen.quadraticCurveTo(0.24, -0.2, 0.05, -0.22);
  pen.closePath();
  const jib = pen.createLinearGradient(0.05, 0, 0.45, 0);
  jib.addColorStop(0, paint(stage, sail, bright * 0.75, depth));
  jib.addColorStop(1, paint(stage, sail, bright, depth));
  pen.fillStyle = jib;
  pen.fill();
  line(
    pen,
    [
      [0.0, -0.17],
      [-0.47, -0.17],
    ],
    paint(stage, '#4a3a30', dim, depth),
    0.016,
  );
  pen.beginPath();
  pen.moveTo(-0.48, -0.11);
  pen.quadraticCurveTo(0, -0.075, 0.54, -0.135);
  pen.quadraticCurveTo(0.42, 0.02, 0.22, 0.05);
  pen.lineTo(-0.36, 0.05);
  pen.quadraticCurveTo(-0.46, 0.0, -0.48, -0.11);
  const own = color && color !== hull ? '#e9e2d6' : hull;
  pen.fillStyle = vertical(
    pen,
    -0.13,
    0.05,
    paint(stage, own, bright, depth),
    paint(stage, own, dim * 0.5, depth),
  );
  pen.fill();
  line(
    pen,
    [
      [-0.48, -0.108],
      [0, -0.09],
      [0.53, -0.13],
    ],
    paint(stage, '#f2ead9', bright, depth),
    0.014,
  );
  if (stage.palette.lamps) {
    pen.fillStyle = shine(stage, '#fff4c8', depth);
    pen.beginPath();
    pen.arc(0.02, -1.39, 0.016, 0, 7);
    pen.fill();
  }
}

/** A small fishing boat with a wheelhouse and a mast. */
function drawFisher(pen: Pen, stage: Stage, depth: number, hull: string): void {
  const { bright, dim } = sides(stage);
  const wood = paint(stage, '#5a4535', dim, depth);
  line(
    pen,
    [
      [-0.08, -0.3],
      [-0.08, -0.7],
    ],
    wood,
    0.014,
  );
  line(
    pen,
    [
      [-0.08, -0.66],
      [-0.42, -0.24],
    ],
    wood,
    0.007,
  );
  line(
    pen,
    [
      [-0.08, -0.66],
      [0.5, -0.2],
    ],
    wood,
    0.006,
  );
  pen.fillStyle = paint(stage, '#ece5d8', bright, depth);
  shape(
    pen,
    [
      [-0.02, -0.12],
      [-0.02, -0.36],
      [0.2, -0.36],
      [0.26, -0.12],
    ],
    paint(stage, '#ece5d8', bright * 0.9, depth),
  );
  shape(
    pen,
    [
      [-0.06, -0.36],
      [-0.04, -0.4],
      [0.2, -0.4],
      [0.25, -0.36],
    ],
    paint(stage, hull, bright * 0.7, depth),
  );
  const glass = stage.palette.lamps ? shine(stage, '#ffdf93', depth) : paint(stage, '#33424f', dim, depth);
  shape(
    pen,
    [
      [0.02, -0.32],
      [0.02, -0.23],
      [0.09, -0.23],
      [0.09, -0.32],
    ],
    glass,
  );
  shape(
    pen,
    [
      [0.12, -0.32],
      [0.12, -0.23],
      [0.205, -0.23],
      [0.18, -0.32],
    ],
    glass,
  );
  pen.beginPath();
  pen.moveTo(-0.5, -0.15);
  pen.quadraticCurveTo(0.05, -0.08, 0.55, -0.23);
  pen.quadraticCurveTo(0.48, -0.02, 0.36, 0.06);
  pen.lineTo(-0.42, 0.06);
  pen.quadraticCurveTo(-0.48, 0, -0.5, -0.15);
  pen.fillStyle = vertical(
    pen,
    -0.2,
    0.05,
    paint(stage, hull, bright, depth),
    paint(stage, hull, dim * 0.5, depth),
  );
  pen.fill();
  pen.beginPath();
  pen.moveTo(-0.5, -0.155);
  pen.quadraticCurveTo(0.05, -0.085, 0.55, -0.235);
  pen.strokeStyle = paint(stage, '#f0e8d8', bright, depth);
  pen.lineWidth = 0.022;
  pen.stroke();
}

/** A freighter with a stack of boxes and a bridge astern. */
function drawShip(pen: Pen, stage: Stage, depth: number, hull: string): void {
  const { bright, dim } = sides(stage);
  const boxes = ['#9c4a3c', '#3d6a86', '#b58a44', '#54705a', '#8a8f96'];
  for (let column = 0; column < 8; column++)
    for (let row = 0; row < 2 + ((column * 7) % 3 === 0 ? 0 : 1); row++) {
      pen.fillStyle = paint(
        stage,
        boxes[(column * 3 + row * 2) % 5]!,
        (row % 2 ? bright : bright * 0.8) * 0.8,
        depth,
      );
      pen.fillRect(-0.2 + column * 0.073, -0.155 - row * 0.042, 0.069, 0.039);
    }
  pen.fillStyle = paint(stage, '#e6e2da', bright, depth);
  pen.fillRect(-0.42, -0.34, 0.15, 0.24);
  pen.fillRect(-0.44, -0.345, 0.19, 0.03);
  pen.fillStyle = paint(stage, hull, bright, depth);
  pen.fillRect(-0.38, -0.43, 0.06, 0.09);
  pen.fillStyle = stage.palette.lamps ? shine(stage, '#ffe2a0', depth) : paint(stage, '#3a4654', dim, depth);
  for (let row = 0; row < 3; row++)
    for (let column = 0; column < 4; column++)
      pen.fillRect(-0.408 + column * 0.034, -0.3 + row * 0.055, 0.02, 0.022);
  shape(
    pen,
    [
      [-0.5, -0.12],
      [0.42, -0.12],
      [0.52, -0.16],
      [0.47, 0.02],
      [-0.46, 0.02],
    ],
    vertical(pen, -0.14, 0.02, paint(stage, hull, bright * 0.8, depth), paint(stage, hull, dim * 0.5, depth)),
  );
}

function vertical(pen: Pen, from: number, to: number, top: string, bottom: string) {
  const gradient = pen.createLinearGradient(0, from, 0, to);
  gradient.addColorStop(0, top);
  gradient.addColorStop(1, bottom);
  return gradient;
}
