import type { Pen } from '../canvas.ts';
import { css, hex } from '../color/space.ts';
import { paint, shine } from '../scene/light.ts';
import type { Item, Stage } from '../scene/scene.ts';
import { glow, shape } from './strokes.ts';

export interface Deck {
  behind: Item[];
  before: Item[];
  /** Row that people stand on. */
  floor: number;
  /** Columns of the deck's ends that people may use. */
  from: number;
  to: number;
}

/** A wooden landing in the near corner: planks in perspective, posts and rails along the water, a lamp at its end. */
export function pier(stage: Stage, side: number, depth: number): Deck {
  const { unit, width, height } = stage;
  const top = Math.min(height - unit * 0.12, stage.horizon + unit * 0.3);
  const deep = height - top + unit * 0.12;
  const end = side > 0 ? width + stage.margin : -stage.margin;
  const tip = width * 0.5 + side * width * -0.02;
  const bright = stage.front * 0.9 + 0.1;
  const dark = paint(stage, '#3a2c2c', stage.front * 0.6, depth);
  const random = stage.random.fork('pier');
  const posts: number[] = [];
  for (let x = tip - side * -unit * 0.03; (end - x) * side > 0; x += side * unit * 0.29) posts.push(x);
  const rail = unit * 0.125;
  const deck: Item = {
    depth,
    still: true,
    box: {
      x: Math.min(tip, end) - unit * 0.2,
      y: top - unit * 0.02,
      width: Math.abs(end - tip) + unit * 0.4,
      height: deep + unit * 0.02,
    },
    draw: (pen) => {
      const skew = side * -unit * 0.13;
      const fill = pen.createLinearGradient(0, top, 0, top + deep);
      fill.addColorStop(0, paint(stage, '#7a6353', bright, depth));
      fill.addColorStop(0.25, paint(stage, '#5a473e', bright * 0.7, depth));
      fill.addColorStop(1, paint(stage, '#2e2526', bright * 0.35, depth));
      shape(
        pen,
        [
          [tip, top],
          [end, top],
          [end, top + deep],
          [tip + skew * (deep / (unit * 0.25)), top + deep],
        ],
        fill,
      );
      pen.strokeStyle = css([0.01, 0.008, 0.012], 0.5);
      // Planks run towards us and fan out from a point far behind the horizon.
      const vanish = { x: width / 2, y: stage.horizon - unit * 0.02 };
      for (let x = -width * 1.2; x < width * 2.2; x += unit * 0.068) {
        if ((x - tip) * side < 0) continue;
        const spread = (top + deep - vanish.y) / (top - vanish.y);
        pen.lineWidth = unit * 0.0024;
        pen.beginPath();
        pen.moveTo(x, top);
        pen.lineTo(vanish.x + (x - vanish.x) * spread, top + deep);
        pen.stroke();
        if (random.chance(0.5)) {
          pen.fillStyle = css([0.9, 0.8, 0.7], random.between(0.01, 0.035));
          shape(
            pen,
            [
              [x, top],
              [x + unit * 0.068, top],
              [vanish.x + (x + unit * 0.068 - vanish.x) * spread, top + deep],
              [vanish.x + (x - vanish.x) * spread, top + deep],
            ],
            pen.fillStyle,
          );
        }
      }
      pen.fillStyle = dark;
      pen.fillRect(Math.min(tip, end), top - unit * 0.002, Math.abs(end - tip), unit * 0.009);
    },
  };
  const railing: Item = {
    depth: depth * 1.04,
    still: true,
    box: {
      x: Math.min(tip, end) - unit * 0.05,
      y: top - unit * 0.5,
      width: Math.abs(end - tip) + unit * 0.1,
      height: unit * 0.53,
    },
    draw: (pen) => {
      const light = paint(stage, '#8d7565', Math.min(1, stage.front + 0.5), depth);
      for (const [row, thick] of [
        [0.98, 0.011],
        [0.52, 0.007],
      ] as const) {
        pen.fillStyle = dark;
        pen.fillRect(
          Math.min(tip, end) - unit * 0.01,
          top - rail * row,
          Math.abs(end - tip) + unit * 0.02,
          unit * thick,
        );
        pen.fillStyle = light;
        pen.fillRect(
          Math.min(tip, end) - unit * 0.01,
          top - rail * row,
          Math.abs(end - tip) + unit * 0.02,
          unit * 0.0022,
        );
      }
      for (const x of posts) {
        pen.fillStyle = dark;
        pen.fillRect(x - unit * 0.008, top - rail * 1.06, unit * 0.016, rail * 1.06 + unit * 0.012);
        pen.fillStyle = light;
        pen.fillRect(
          x - unit * 0.008 + (stage.sunSide > 0 ? unit * 0.0135 : 0),
          top - rail * 1.06,
          unit * 0.0025,
          rail * 1.06,
        );
      }
    },
  };
  return {
    behind: [railing, deck],
    before: [],
    floor: top + unit * 0.045,
    from: Math.min(tip + side * unit * 0.1, end),
    to: Math.max(tip + side * unit * 0.1, end),
  };
}

/** A lamp on a tall post; lit when lamps are. `size` is its height. */
export function lamp(
  stage: Stage,
  at: { x: number; y: number; size: number; depth: number; way: number },
): Item {
  const { x, y, size, depth, way } = at;
  const halo = size * 0.75;
  return {
    depth,
    still: true,
    box: { x: x - halo, y: y - size - halo, width: halo * 2, height: size + halo + size * 0.06 },
    draw: (pen) => drawLamp(pen, stage, x, y, size, depth, way),
  };
}

function drawLamp(
  pen: Pen,
  stage: Stage,
  x: number,
  y: number,
  size: number,
  depth: number,
  way: number,
): void {
  const iron = paint(stage, '#2a2c33', stage.front * 0.8, depth);
  const edge = paint(stage, '#8a8a92', Math.min(1, stage.front + 0.4), depth);
  pen.fillStyle = iron;
  pen.fillRect(x - size * 0.012, y - size * 0.95, size * 0.024, size * 0.95);
  pen.fillRect(x - size * 0.03, y - size * 0.09, size * 0.06, size * 0.09);
  pen.fillRect(x - size * 0.022, y - size * 0.16, size * 0.044, size * 0.08);
  pen.fillStyle = edge;
  pen.fillRect(
    x + (stage.sunSide > 0 ? size * 0.008 : -size * 0.012),
    y - size * 0.95,
    size * 0.004,
    size * 0.86,
  );
  pen.strokeStyle = iron;
  pen.lineWidth = size * 0.016;
  pen.beginPath();
  pen.moveTo(x, y - size * 0.93);
  pen.quadraticCurveTo(x, y - size * 1.02, x + way * size * 0.1, y - size * 1.0);
  pen.stroke();
  const hx = x + way * size * 0.12;
  const hy = y - size * 0.985;
  shape(
    pen,
    [
      [hx - size * 0.05, hy],
      [hx - size * 0.02, hy - size * 0.04],
      [hx + size * 0.02, hy - size * 0.04],
      [hx + size * 0.05, hy],
    ],
    iron,
  );
  pen.fillStyle = stage.palette.lamps
    ? shine(stage, '#fff2cc', depth * 0.5)
    : paint(stage, '#e6e2d8', stage.front, depth);
  pen.beginPath();
  pen.ellipse(hx, hy + size * 0.004, size * 0.04, size * 0.026, 0, 0, Math.PI);
  pen.fill();
  if (stage.palette.lamps) {
    const warm = (alpha: number) => css(hex('#ffd28a'), alpha);
    glow(pen, hx, hy + size * 0.012, size * 0.55, warm, 0.42);
    glow(pen, hx, hy + size * 0.012, size * 0.14, warm, 0.7);
  }
}
