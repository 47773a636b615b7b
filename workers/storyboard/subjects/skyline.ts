import type { Pen } from '../canvas.ts';
import type { Random } from '../random.ts';
import { paint, shine } from '../scene/light.ts';
import type { Item, Stage } from '../scene/scene.ts';
import { shape } from './strokes.ts';

/** Towers of a city from side to side, tallest near the middle; `size` is the usual height in units. Two rows deep. */
export function skyline(
  stage: Stage,
  at: { base: number; size: number; depth: number; below?: number },
  options: { waterline?: number; beyond?: boolean } = {},
): Item[] {
  const water = {
    ...(options.waterline === undefined ? {} : { waterline: options.waterline }),
    ...(options.beyond ? { beyond: true } : {}),
  };
  return [1.9, 1.35, 1].map((back, row) => {
    const depth = at.depth * back;
    const random = stage.random.fork(`skyline ${at.depth} ${row}`);
    const usual = stage.unit * at.size * (0.75 + 0.3 * back) * stage.magnify(depth) ** 0.7;
    return {
      depth,
      still: true,
      ...water,
      box: {
        x: -stage.margin,
        y: at.base - usual * 2.7,
        width: stage.width + 2 * stage.margin,
        height: usual * 2.7 + (at.below ?? 0) + 1,
      },
      draw: (pen) => {
        let x = -stage.margin - random.next() * usual * 0.3;
        const centre = stage.width * (0.5 - stage.side * 0.12);
        while (x < stage.width + stage.margin) {
          const wide = usual * random.between(0.24, 0.5);
          const off = (x + wide / 2 - centre) / (stage.width * 0.42);
          const crowd = 0.5 + 0.85 * Math.exp(-off * off);
          const high = usual * crowd * random.between(0.55, 1.25);
          drawTower(pen, stage, random, x, at.base + (at.below ?? 0), wide, high + (at.below ?? 0), depth);
          x += wide * random.between(0.88, 1.3);
        }
      },
    } satisfies Item;
  });
}

const glasses = ['#7f8fa3', '#9a8f8a', '#6d7887', '#a59a8e', '#8b96a0', '#70685f'];

function drawTower(
  pen: Pen,
  stage: Stage,
  random: Random,
  x: number,
  y: number,
  wide: number,
  high: number,
  depth: number,
): void {
  const own = random.pick(glasses);
  const top = y - high;
  const face = stage.front * 0.9;
  const side = wide * random.between(0.18, 0.32);
  const fill = pen.createLinearGradient(0, top, 0, y);
  fill.addColorStop(0, paint(stage, own, face, depth));
  fill.addColorStop(1, paint(stage, own, face * 0.6, depth * 1.25));
  pen.fillStyle = fill;
  pen.fillRect(x, top, wide, high);
  // The side that sees the sun.
  pen.fillStyle = paint(stage, own, Math.min(1, face + 0.5), depth);
  const edge = stage.sunSide < 0 ? x : x + wide - side;
  pen.globalAlpha = 0.7;
  pen.fillRect(edge, top, side, high);
  pen.globalAlpha = 1;
  const cap = random.next();
  const roof = paint(stage, own, face * 0.8, depth);
  if (cap < 0.25) {
    pen.fillStyle = roof;
    pen.fillRect(x + wide * 0.2, top - wide * 0.22, wide * 0.6, wide * 0.24);
    pen.fillRect(x + wide * 0.48, top - wide * 0.8, wide * 0.035, wide * 0.6);
  } else if (cap < 0.4)
    shape(
      pen,
      [
        [x, top + 0.5],
        [x + wide / 2, top - wide * 0.5],
        [x + wide, top + 0.5],
      ],
      roof,
    );
  else if (cap < 0.55) {
    pen.fillStyle = roof;
    pen.fillRect(x + wide * 0.12, top - wide * 0.12, wide * 0.3, wide * 0.14);
  }
  drawWindows(pen, stage, random, x, top, wide, high, depth);
}

function drawWindows(
  pen: Pen,
  stage: Stage,
  random: Random,
  x: number,
  top: number,
  wide: number,
  high: number,
  depth: number,
): void {
  const pitch = Math.max(3.2, stage.unit * 0.0105 * (9 / depth) ** 0.35);
  const columns = Math.max(2, Math.floor((wide * 0.84) / pitch));
  const rows = Math.max(2, Math.floor((high - pitch) / (pitch * 1.15)));
  const share = stage.palette.lamps ? (stage.time === 'night' ? 0.46 : 0.3) : 0;
  const dark = paint(stage, '#39465a', stage.front * 0.6, depth);
  const busy = random.between(0.5, 1.3);
  const warm = shine(stage, '#ffd27a', depth * 0.8);
  const pale = shine(stage, '#ffeecb', depth * 0.8);
  const cold = shine(stage, '#cfe4ff', depth * 0.8);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const on = random.next() < share * busy;
      if (!on && depth > 14) {
        random.next();
        continue;
      }
      const tint = random.next();
      pen.fillStyle = on ? (tint < 0.55 ? warm : tint < 0.85 ? pale : cold) : dark;
      pen.globalAlpha = on ? 1 : 0.45;
      pen.fillRect(
        x + wide * 0.08 + (column + 0.24) * ((wide * 0.84) / columns),
        top + pitch * (0.6 + row * 1.15),
        ((wide * 0.84) / columns) * 0.52,
        pitch * 0.6,
      );
    }
  pen.globalAlpha = 1;
}
