import { css } from '../color/space.ts';
import { createLine } from '../noise.ts';
import { lit, paint } from '../scene/light.ts';
import type { Item, Stage } from '../scene/scene.ts';
import { type Point, shape } from './strokes.ts';

export interface Headland {
  items: Item[];
  /** Height of the land at a column. */
  top(x: number): number;
  waterline: number;
  /** Column of the tip. */
  tip: number;
}

/** Rocky land that runs from one side of the frame out into the water: grass on top, facets of stone, a wet edge. */
export function headland(
  stage: Stage,
  at: { side: number; tip: number; waterline: number; rise: number; depth: number },
): Headland {
  const { side, waterline, rise, depth } = at;
  const random = stage.random.fork('headland');
  const rough = createLine(random, 6, 3, 0.6);
  const broad = createLine(random, 2, 1, 0.6);
  const end = side > 0 ? stage.width + stage.margin : -stage.margin;
  const length = Math.abs(end - at.tip);
  const part = (x: number) => Math.min(1, Math.max(0, ((x - at.tip) * side) / length));
  const top = (x: number) => {
    const p = part(x);
    const profile = Math.min(1, p * 5.5) ** 0.55 * (0.72 + 0.28 * Math.min(1, p * 1.6));
    return (
      waterline - rise * profile * (0.86 + 0.2 * broad(p * 0.8)) - rise * 0.1 * rough(p) * Math.min(1, p * 9)
    );
  };
  const snow = stage.weather === 'snow';
  const item: Item = {
    depth,
    still: true,
    waterline,
    box: {
      x: Math.min(at.tip, end) - 4,
      y: waterline - rise * 1.4,
      width: length + 8,
      height: rise * 1.4 + stage.unit * 0.05,
    },
    draw: (pen) => {
      const step = Math.max(1.5, stage.unit / 360);
      const outline: Point[] = [];
      for (let x = at.tip; (end - x) * side > 0; x += step * side) outline.push([x, top(x)]);
      const foot = (x: number) =>
        waterline + stage.unit * 0.028 * part(x) + stage.unit * 0.003 * rough(part(x) * 2.3 + 0.4);
      const bottom = outline.map(([x]) => [x, foot(x)] as Point).reverse();
      pen.save();
      const body = pen.createLinearGradient(0, waterline - rise, 0, waterline + stage.unit * 0.02);
      body.addColorStop(0, paint(stage, '#6d6670', stage.front * 0.8, depth));
      body.addColorStop(0.55, paint(stage, '#4f4855', stage.front * 0.5, depth));
      body.addColorStop(1, paint(stage, '#26222c', stage.front * 0.25, depth));
      shape(pen, [...outline, ...bottom], body);
      pen.clip();
      // Facets: lit on the sun's side, in shade away from it.
      const count = Math.round((length / stage.unit) * 240);
      for (let index = 0; index < count; index++) {
        const x = at.tip + side * length * random.next();
        const high = top(x);
        const y = high + (waterline - high) * random.next() ** 0.7;
        const size = stage.unit * random.between(0.006, 0.022);
        const bright = random.chance(0.45);
        const lean = random.between(-0.4, 0.4) * size;
        const tilt = stage.sunSide * size * 0.7;
        const tone = bright ? stage.front * 1.1 + 0.12 : stage.front * 0.2;
        shape(
          pen,
          [
            [x + lean, y - size * 0.55],
            [x + tilt * random.between(0.6, 1.6), y - size * random.between(0, 0.35)],
            [x + tilt * random.between(0.3, 0.8) + lean, y + size * random.between(0.3, 0.8)],
            [x - tilt * random.between(0.3, 0.9), y + size * random.between(0.1, 0.3)],
          ],
          css(lit(stage, bright ? '#8b818a' : '#2d2833', tone, depth), bright ? 0.2 : 0.26),
        );
      }
      pen.restore();
      // Turf (or snow) on top, thinner where it is steep, with a light edge.
      const crust = (x: number) =>
        stage.unit * (0.012 + 0.02 * part(x)) * (0.8 + 0.5 * rough(part(x) * 3.1 + 0.2));
      const upper = outline.map(([x, y]) => [x, y - stage.unit * 0.002] as Point);
      const lower = outline
        .map(([x, y]) => [x, Math.min(foot(x), y + Math.max(0, crust(x)))] as Point)
        .reverse();
      const turf = snow ? '#f3f6fa' : '#5f7040';
      const grass = pen.createLinearGradient(0, waterline - rise * 1.1, 0, waterline - rise * 0.3);
      grass.addColorStop(0, paint(stage, turf, stage.front + 0.15, depth));
      grass.addColorStop(1, paint(stage, turf, stage.front * 0.5, depth));
      shape(pen, [...upper, ...lower], grass);
      pen.strokeStyle = paint(stage, snow ? '#ffffff' : '#8f9a58', Math.min(1, stage.front + 0.4), depth);
      pen.lineWidth = Math.max(0.6, stage.unit * 0.0011);
      pen.beginPath();
      for (let index = 0; index < outline.length; index += 2) {
        const [x, y] = outline[index]!;
        if (part(x) < 0.03) continue;
        const blade = stage.unit * random.between(0.002, 0.008);
        pen.moveTo(x, y + 1);
        pen.lineTo(x + blade * random.between(-0.3, 0.7), y - blade);
      }
      if (!snow) pen.stroke();
      // The wet edge.
      pen.strokeStyle = css(lit(stage, '#e9eef2', stage.front * 0.7, depth), 0.35);
      pen.lineWidth = stage.unit * 0.0022;
      pen.beginPath();
      for (const [index, [x, y]] of bottom.entries()) index === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y);
      pen.stroke();
    },
  };
  return { items: [item], top, waterline, tip: at.tip };
}
