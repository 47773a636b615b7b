import type { Pen } from '../canvas.ts';
import type { Random } from '../random.ts';
import { paint } from '../scene/light.ts';
import type { Item, Stage } from '../scene/scene.ts';
import { blob, line, type Point, shape, taper } from './strokes.ts';

/** A tree on its foot: broad-leaved, pine or palm; it leans a little with the wind. `size` is its height. */
export function tree(
  stage: Stage,
  at: { x: number; y: number; size: number; depth: number; waterline?: number },
  kind: string,
  random: Random,
): Item {
  const { x, y, size, depth } = at;
  const own = random.fork(`tree ${Math.round(x)}`);
  const phase = own.between(0, 6.28);
  const wind = stage.weather === 'storm' ? 0.03 : 0.007;
  return {
    depth,
    still: true,
    ...(at.waterline === undefined ? {} : { waterline: at.waterline }),
    pivot: { x, y },
    pose: (time) => ({
      dx: 0,
      dy: 0,
      turn: wind * (Math.sin(time * 1.1 + phase) + 0.4 * Math.sin(time * 2.3 + phase * 2)),
    }),
    box: { x: x - size * 0.62, y: y - size * 1.1, width: size * 1.24, height: size * 1.16 },
    draw: (pen) => {
      pen.save();
      pen.translate(x, y);
      pen.scale(size, size);
      if (kind === 'pine') drawPine(pen, stage, depth, own);
      else if (kind === 'palm') drawPalm(pen, stage, depth, own);
      else drawBroad(pen, stage, depth, own);
      pen.restore();
    },
  };
}

/** Unit space: foot at 0, 1 high. Tiers of drooping branches, lit on the sun's side. */
export function drawPine(pen: Pen, stage: Stage, depth: number, random: Random): void {
  const snow = stage.weather === 'snow';
  taper(pen, [0, 0.02], [0, -0.6], 0.045, 0.02, paint(stage, '#4a372c', stage.front * 0.6, depth));
  const tiers = 9;
  const girth = random.between(0.19, 0.25);
  for (let tier = 0; tier < tiers; tier++) {
    const part = tier / (tiers - 1);
    const y = -0.12 - part * 0.7;
    const half = girth * (1 - part) ** 0.85 + 0.018;
    const drop = 0.1 * (1 - part * 0.6);
    const skirt: Point[] = [];
    for (let step = 0; step <= 8; step++) {
      const across = step / 4 - 1;
      const jag = step % 2 ? 0.032 * (1 - part * 0.6) : 0;
      skirt.push([
        across * half * random.between(0.92, 1.08),
        y + drop * (0.35 + 0.65 * Math.abs(across)) - jag - 0.03,
      ]);
    }
    const crown: Point = [random.between(-0.006, 0.006), y - 0.17 * (1 - part * 0.35)];
    const left = paint(
      stage,
      '#3f5b3d',
      stage.front * (stage.sunSide < 0 ? 1.25 : 0.5) + (stage.sunSide < 0 ? 0.12 : 0),
      depth,
    );
    const right = paint(
      stage,
      '#3f5b3d',
      stage.front * (stage.sunSide > 0 ? 1.25 : 0.5) + (stage.sunSide > 0 ? 0.12 : 0),
      depth,
    );
    const fill = pen.createLinearGradient(-half, 0, half, 0);
    fill.addColorStop(0, left);
    fill.addColorStop(0.5, paint(stage, '#2f4733', stage.front * 0.6, depth));
    fill.addColorStop(1, right);
    shape(pen, [crown, ...skirt.reverse()], fill);
    if (snow)
      shape(
        pen,
        [
          crown,
          [half * 0.7, y - 0.02],
          [half * 0.3, y - 0.045],
          [-half * 0.2, y - 0.02],
          [-half * 0.75, y - 0.03],
        ],
        paint(stage, '#f2f6fb', stage.front + 0.1, depth, 0.85),
      );
  }
}

/** Clumps of leaves from dark below to bright towards the sun. */
export function drawBroad(pen: Pen, stage: Stage, depth: number, random: Random): void {
  const bark = paint(stage, '#4f3b2e', stage.front * 0.6, depth);
  const lean = random.between(-0.03, 0.03);
  taper(pen, [0, 0.02], [lean, -0.46], 0.062, 0.036, bark);
  for (const [ex, ey] of [
    [-0.17, -0.56],
    [0.16, -0.6],
    [0.02, -0.7],
  ] as const)
    taper(pen, [lean * 0.8, -0.36], [ex, ey], 0.034, 0.012, bark);
  const snow = stage.weather === 'snow';
  const leaf = random.pick(['#56753f', '#4f6e3c', '#63783f', '#5b7a4c']);
  const clumps = Array.from({ length: 22 }, () => {
    const angle = random.between(0, 6.283);
    const reach = Math.sqrt(random.next());
    return {
      x: lean + Math.cos(angle) * reach * 0.27,
      y: -0.69 + Math.sin(angle) * reach * 0.21,
      r: random.between(0.085, 0.135) * (1.1 - reach * 0.3),
    };
  }).sort((a, b) => b.y + b.x * stage.sunSide * -0.4 - (a.y + a.x * stage.sunSide * -0.4));
  for (const clump of clumps) {
    const towards = (clump.x * stage.sunSide) / 0.27 - (clump.y + 0.69) / 0.21;
    const facing = Math.max(0.05, stage.front * (0.75 + 0.42 * towards) + 0.1 * Math.max(0, towards));
    const points: Point[] = Array.from({ length: 11 }, (_, index) => {
      const angle = (index / 11) * 6.283;
      const radius = clump.r * random.between(0.78, 1.18);
      return [clump.x + Math.cos(angle) * radius, clump.y + Math.sin(angle) * radius * 0.86] as Point;
    });
    blob(pen, points, paint(stage, snow ? '#c9d3cf' : leaf, facing, depth));
    const high: Point[] = points.map(([px, py]) => [
      clump.x + (px - clump.x) * 0.55 + stage.sunSide * clump.r * 0.26,
      clump.y + (py - clump.y) * 0.45 - clump.r * 0.34,
    ]);
    blob(pen, high, paint(stage, snow ? '#f2f5f8' : leaf, Math.min(1, facing + 0.2), depth, 0.55));
  }
}

function drawPalm(pen: Pen, stage: Stage, depth: number, random: Random): void {
  const bend = random.pick([-1, 1]) * random.between(0.08, 0.16);
  const trunk: Point[] = Array.from(
    { length: 9 },
    (_, index) => [bend * (index / 8) ** 2, -0.74 * (index / 8)] as Point,
  );
  for (let at = 0; at < 8; at++)
    taper(
      pen,
      trunk[at]!,
      trunk[at + 1]!,
      0.05 - at * 0.003,
      0.046 - at * 0.003,
      paint(stage, at % 2 ? '#7a5f48' : '#6b523e', stage.front * 0.8, depth),
    );
  const [cx, cy] = trunk[8]!;
  for (let frond = 0; frond < 11; frond++) {
    const angle = -Math.PI / 2 + (frond - 5) * 0.44 + random.between(-0.12, 0.12);
    const length = random.between(0.28, 0.36);
    const tip: Point = [cx + Math.cos(angle) * length, cy + Math.sin(angle) * length * 0.75 + 0.13];
    const mid: Point = [cx + Math.cos(angle) * length * 0.55, cy + Math.sin(angle) * length * 0.75 - 0.02];
    const facing = stage.front * (0.7 + 0.4 * Math.cos(angle) * stage.sunSide);
    pen.beginPath();
    pen.moveTo(cx, cy);
    pen.quadraticCurveTo(mid[0], mid[1] - 0.05, tip[0], tip[1]);
    pen.quadraticCurveTo(mid[0], mid[1] + 0.035, cx, cy + 0.01);
    pen.fillStyle = paint(stage, '#4c7345', Math.max(0.05, facing), depth);
    pen.fill();
    line(pen, [[cx, cy], mid, tip], paint(stage, '#6d8f55', Math.max(0.1, facing), depth), 0.004);
  }
}
