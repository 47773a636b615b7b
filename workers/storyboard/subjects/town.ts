import type { Pen } from '../canvas.ts';
import type { Random } from '../random.ts';
import { paint, shine } from '../scene/light.ts';
import type { Item, Stage } from '../scene/scene.ts';
import { shape } from './strokes.ts';

/** A row of small gabled houses, a church among them, on a shore from `from` to `to`; `size` is the usual height. */
export function town(
  stage: Stage,
  name: string,
  at: { from: number; to: number; y: number; size: number; depth: number },
  options: { waterline?: number; beyond?: boolean } = {},
): Item {
  const random = stage.random.fork(name);
  return {
    depth: at.depth,
    still: true,
    ...(options.waterline === undefined ? {} : { waterline: options.waterline }),
    ...(options.beyond ? { beyond: true } : {}),
    box: { x: at.from - 4, y: at.y - at.size * 3.4, width: at.to - at.from + 8, height: at.size * 3.4 + 2 },
    draw: (pen) => {
      const church = random.between(0.25, 0.75);
      let built = false;
      for (const row of [1, 0]) {
        let x = at.from + random.next() * at.size;
        while (x < at.to - at.size * 0.6) {
          const part = (x - at.from) / (at.to - at.from);
          // Low at the ends, tall in the middle: a town has a shape.
          const swell = 0.55 + 0.75 * Math.sin(Math.PI * part) ** 0.7;
          const wide = at.size * random.between(0.55, 1.05);
          const high = at.size * random.between(0.65, 1.1) * swell * (row === 1 ? 1.45 : 1);
          if (row === 1 && !built && part > church) {
            drawChurch(pen, stage, x, at.y, at.size * 2.1, at.depth);
            built = true;
          }
          drawFront(pen, stage, random, x, at.y, wide, high, at.depth * (row === 1 ? 1.25 : 1));
          x += wide * random.between(0.92, row === 1 ? 1.5 : 1.12);
        }
      }
    },
  };
}

const fronts = ['#c9a27e', '#b9735a', '#d8c3a0', '#8f9aa6', '#a8876f', '#cfb9a8', '#9a5f52', '#b0a58e'];

function drawFront(
  pen: Pen,
  stage: Stage,
  random: Random,
  x: number,
  y: number,
  wide: number,
  high: number,
  depth: number,
): void {
  const front = random.pick(fronts);
  const gable = random.chance(0.6);
  const roof = high * random.between(0.24, 0.36);
  const body = y - high + roof;
  const bright = stage.front * random.between(0.55, 0.95);
  const fill = pen.createLinearGradient(x, 0, x + wide, 0);
  const sun = Math.min(1, bright + 0.35);
  fill.addColorStop(stage.sunSide < 0 ? 0 : 1, paint(stage, front, sun, depth));
  fill.addColorStop(stage.sunSide < 0 ? 0.25 : 0.75, paint(stage, front, bright, depth));
  fill.addColorStop(stage.sunSide < 0 ? 1 : 0, paint(stage, front, bright * 0.6, depth));
  pen.fillStyle = fill;
  pen.fillRect(x, body - 0.5, wide, y - body + 1);
  const tiles = paint(
    stage,
    stage.weather === 'snow' ? '#eef2f7' : random.pick(['#7b4238', '#5d4440', '#4d4d58']),
    bright * 0.8 + 0.1,
    depth,
  );
  if (gable)
    shape(
      pen,
      [
        [x - wide * 0.05, body],
        [x + wide / 2, y - high],
        [x + wide * 1.05, body],
      ],
      tiles,
    );
  else
    shape(
      pen,
      [
        [x - wide * 0.05, body],
        [x + wide * 0.12, y - high + roof * 0.2],
        [x + wide * 0.88, y - high + roof * 0.2],
        [x + wide * 1.05, body],
      ],
      tiles,
    );
  const floors = Math.max(1, Math.round((y - body) / (wide * 0.42)));
  const columns = wide > high * 0.6 ? 3 : 2;
  for (let floor = 0; floor < floors; floor++)
    for (let column = 0; column < columns; column++) {
      const on = stage.palette.lamps && random.chance(stage.time === 'night' ? 0.6 : 0.45);
      pen.fillStyle = on
        ? shine(stage, random.chance(0.7) ? '#ffd684' : '#ffb860', depth * 0.6)
        : paint(stage, '#3d4454', bright * 0.7, depth);
      const w = (wide / columns) * 0.34;
      const h = ((y - body) / floors) * 0.42;
      pen.fillRect(
        x + ((column + 0.5) * wide) / columns - w / 2,
        body + ((floor + 0.32) * (y - body)) / floors,
        w,
        h,
      );
    }
}

function drawChurch(pen: Pen, stage: Stage, x: number, y: number, high: number, depth: number): void {
  const wide = high * 0.17;
  const stone = paint(stage, '#b8aa9c', stage.front * 0.9 + 0.1, depth);
  const slate = paint(stage, '#4a4c58', stage.front * 0.8 + 0.1, depth);
  pen.fillStyle = stone;
  pen.fillRect(x, y - high * 0.62, wide, high * 0.62);
  shape(
    pen,
    [
      [x - wide * 0.08, y - high * 0.62],
      [x + wide / 2, y - high],
      [x + wide * 1.08, y - high * 0.62],
    ],
    slate,
  );
  pen.fillStyle = stage.palette.lamps ? shine(stage, '#ffe2a0', depth) : slate;
  pen.beginPath();
  pen.arc(x + wide / 2, y - high * 0.52, wide * 0.14, 0, 7);
  pen.fill();
}
