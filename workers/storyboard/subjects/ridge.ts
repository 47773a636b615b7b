import { css, mix } from '../color/space.ts';
import { createLine } from '../noise.ts';
import type { Brief } from '../prompt/brief.ts';
import type { Random } from '../random.ts';
import { lit, paint } from '../scene/light.ts';
import type { Item, Stage } from '../scene/scene.ts';
import { mist } from './mist.ts';
import { type Point, shape } from './strokes.ts';

/** Mountains, far to near: jagged crests by midpoint displacement, faces turned to and from the light, snow above a line. */
export function ridges(
  stage: Stage,
  brief: Brief,
  at: { base: number; layers: number; waterline?: number },
): Item[] {
  const water = at.waterline === undefined ? {} : { waterline: at.waterline, beyond: true };
  const items: Item[] = [];
  for (let index = 0; index < at.layers; index++) {
    const nearness = index / Math.max(1, at.layers - 1);
    const depth = 30 * (1 - nearness) ** 1.4 + 6;
    items.push({ ...range(stage, brief, index, at.base, nearness, depth), ...water });
    if (index < at.layers - 1 || stage.weather === 'fog')
      items.push(
        mist(
          stage,
          `valley ${index}`,
          {
            y: at.base - stage.unit * (0.035 + 0.03 * (1 - nearness)),
            height: stage.unit * 0.1,
            depth: depth * 0.9,
            power: stage.weather === 'fog' ? 0.85 : stage.time === 'day' ? 0.22 : 0.4,
          },
          at.waterline === undefined ? {} : { beyond: true },
        ),
      );
  }
  return items;
}

function range(
  stage: Stage,
  brief: Brief,
  index: number,
  base: number,
  nearness: number,
  depth: number,
): Item {
  const random = stage.random.fork(`range ${index}`);
  const { unit } = stage;
  const rise = unit * (0.5 - 0.27 * nearness) * stage.magnify(depth) ** 0.8 * random.between(0.88, 1.1);
  const left = -stage.margin;
  const width = stage.width + 2 * stage.margin;
  const crest = jagged(random, 9);
  const hump = createLine(random, 2, 1, 0.7);
  const points: Point[] = crest.map((value, step) => {
    const part = step / (crest.length - 1);
    const mass = 0.3 + 0.16 * hump(part * 0.8) + 0.66 * value;
    return [left + part * width, base - rise * Math.max(0.12, mass)];
  });
  return {
    depth,
    still: true,
    box: { x: left, y: base - rise * 1.6, width, height: rise * 1.6 + 2 },
    draw: (pen) => {
      const rock = nearness > 0.8 ? '#55625a' : '#6b6f80';
      const fill = pen.createLinearGradient(0, base - rise, 0, base);
      fill.addColorStop(0, paint(stage, rock, stage.front * 0.8, depth));
      fill.addColorStop(
        1,
        paint(stage, nearness > 0.8 ? '#3f5244' : '#5f6878', stage.front * 0.5, depth * 1.5),
      );
      shape(pen, [[left, base + 2], ...points, [left + width, base + 2]], fill);
      pen.save();
      pen.clip();
      drawFaces(pen, stage, points, base, rise, depth, rock, random);
      if (nearness < 0.9 || brief.weather === 'snow')
        drawSnow(pen, stage, points, base, rise, depth, brief.weather === 'snow', random);
      pen.restore();
    },
  };
}

/** Heights 0..1 of a crest: midpoint displacement, its roughness falling by half a level. */
function jagged(random: { between(low: number, high: number): number }, levels: number): number[] {
  // Peaks and saddles in turn, then finer and finer.
  let line = Array.from({ length: 9 }, (_, at) =>
    at % 2 ? random.between(0.5, 1) : random.between(0.05, 0.42),
  );
  let rough = 0.24;
  for (let level = 3; level < levels; level++) {
    const finer: number[] = [];
    for (let at = 0; at < line.length - 1; at++)
      finer.push(line[at]!, (line[at]! + line[at + 1]!) / 2 + random.between(-rough, rough) * 0.5);
    finer.push(line.at(-1)!);
    line = finer;
    rough *= 0.56;
  }
  return line;
}

/** From each summit a spur runs down; the side towards the light is brighter, the other darker. */
function drawFaces(
  pen: Parameters<Item['draw']>[0],
  stage: Stage,
  points: readonly Point[],
  base: number,
  rise: number,
  depth: number,
  rock: string,
  random: { between(low: number, high: number): number },
): void {
  const bright = css(lit(stage, '#a39a98', Math.min(1, stage.front + 0.5), depth), 0.5);
  const dark = css(mix(lit(stage, rock, 0, depth), lit(stage, rock, 0, depth * 0.5), 0.4), 0.5);
  const reach = 10;
  for (let at = reach; at < points.length - reach; at++) {
    const [x, y] = points[at]!;
    let summit = true;
    for (let near = at - reach; near <= at + reach; near++) if (points[near]![1] < y) summit = false;
    if (!summit) continue;
    const fall = Math.min(base - y, rise * 0.9);
    const spur: Point[] = [[x, y - 1]];
    let sx = x;
    const drift = random.between(-0.25, 0.25);
    for (let step = 1; step <= 9; step++) {
      sx += (drift + random.between(-0.5, 0.5)) * fall * 0.09;
      spur.push([sx, y + (fall * step) / 9]);
    }
    const spread = fall * 1.1;
    shape(
      pen,
      [...spur, [x + stage.sunSide * spread, base], [x + stage.sunSide * spread * 0.35, y - 1]],
      bright,
    );
    shape(
      pen,
      [...spur, [x - stage.sunSide * spread, base], [x - stage.sunSide * spread * 0.35, y - 1]],
      dark,
    );
  }
}

function drawSnow(
  pen: Parameters<Item['draw']>[0],
  stage: Stage,
  points: readonly Point[],
  base: number,
  rise: number,
  depth: number,
  deep: boolean,
  random: Random,
): void {
  const line = base - rise * (deep ? 0.16 : 0.62);
  const ragged = createLine(random, 7, 9, 0.72);
  const lower: Point[] = points.map(([x, y], index) => {
    const over = Math.max(0, line - y);
    return [
      x,
      y +
        over * Math.min(0.95, Math.max(0.15, 0.55 + 0.55 * ragged(index / points.length))) +
        (over > 0 ? rise * 0.012 : 0),
    ];
  });
  const fill = pen.createLinearGradient(0, base - rise, 0, line);
  fill.addColorStop(0, css(lit(stage, '#f4f7fb', Math.min(1, stage.front + 0.32), depth), 0.95));
  fill.addColorStop(1, css(lit(stage, '#dfe7f2', stage.front * 0.8, depth), 0.75));
  shape(pen, [...points, ...lower.reverse()], fill);
}
