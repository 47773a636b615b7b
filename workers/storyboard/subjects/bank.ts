import { css } from '../color/space.ts';
import { createLine } from '../noise.ts';
import { paint } from '../scene/light.ts';
import type { Item, Stage } from '../scene/scene.ts';
import type { Deck } from './pier.ts';
import { blob, shape } from './strokes.ts';

/** Ground before us at the water's edge: sand with a lapping line, grass, or reeds in the corner that sway. */
export function bank(stage: Stage, kind: 'sand' | 'grass' | 'reeds'): Deck & { items: Item[] } {
  const { unit, width, height, margin } = stage;
  const depth = 0.42;
  const random = stage.random.fork('bank');
  const wave = createLine(random, 3, 1, 0.5);
  const high = kind === 'sand' ? 0.24 : kind === 'grass' ? 0.27 : 0.36;
  const top = Math.min(height - unit * 0.09, stage.horizon + unit * high);
  const edge = (x: number) =>
    top +
    unit * 0.018 * wave((x + margin) / (width + 2 * margin)) +
    unit * 0.05 * ((x - width / 2) / width) * stage.side;
  const snow = stage.weather === 'snow';
  const own = snow ? '#eef2f7' : kind === 'sand' ? '#d3b78c' : '#4f6138';
  const ground: Item = {
    depth,
    still: true,
    box: { x: -margin, y: top - unit * 0.1, width: width + 2 * margin, height: height - top + unit * 0.3 },
    draw: (pen) => {
      const bottom = height + unit * 0.2;
      const outline: [number, number][] = [];
      for (let x = -margin; x <= width + margin + 8; x += 8) outline.push([x, edge(x)]);
      const body = (shift: number) => [
        ...outline.map(([x, y]) => [x, y + shift] as const),
        [width + margin, bottom] as const,
        [-margin, bottom] as const,
      ];
      if (kind === 'sand') {
        shape(pen, body(-unit * 0.012), css(stage.palette.cloudLit, 0.32));
        shape(pen, body(-unit * 0.006), paint(stage, '#8f7657', stage.front * 0.8, depth));
      }
      const fill = pen.createLinearGradient(0, top, 0, bottom);
      fill.addColorStop(0, paint(stage, own, stage.front + (kind === 'sand' ? 0.05 : 0.2), depth));
      fill.addColorStop(0.35, paint(stage, own, stage.front * 0.7, depth));
      fill.addColorStop(1, paint(stage, own, stage.front * 0.2, depth));
      shape(pen, body(kind === 'sand' ? unit * 0.01 : 0), fill);
      if (kind === 'sand')
        for (let spot = 0; spot < 700; spot++) {
          const x = random.between(-margin, width + margin);
          const y = edge(x) + unit * 0.02 + (bottom - top) * random.next() ** 1.4;
          pen.fillStyle = css(
            random.chance(0.5) ? [0.9, 0.8, 0.65] : [0.05, 0.03, 0.02],
            random.between(0.03, 0.1),
          );
          pen.beginPath();
          pen.ellipse(x, y, unit * random.between(0.003, 0.014), unit * 0.0015, 0, 0, 7);
          pen.fill();
        }
      else blades(pen, stage, random, outline, depth, snow ? '#e9eef4' : '#66773f');
    },
  };
  const items: Item[] = [ground];
  if (kind === 'reeds') items.push(...reeds(stage, edge));
  return { items, behind: items, before: [], floor: top + unit * 0.06, from: width * 0.06, to: width * 0.94 };
}

function blades(
  pen: Parameters<Item['draw']>[0],
  stage: Stage,
  random: Stage['random'],
  outline: readonly (readonly [number, number])[],
  depth: number,
  color: string,
): void {
  const { unit } = stage;
  for (let row = 0; row < 5; row++) {
    pen.strokeStyle = paint(stage, color, Math.max(0.05, stage.front * (1.15 - row * 0.22)), depth);
    pen.lineWidth = unit * 0.0019;
    pen.beginPath();
    for (const [x, y] of outline)
      for (let blade = 0; blade < 4; blade++) {
        const bx = x + random.between(0, 8);
        const by = y + row * unit * 0.03 + random.between(-0.004, 0.02) * unit;
        const tall = unit * random.between(0.008, 0.024);
        pen.moveTo(bx, by);
        pen.quadraticCurveTo(
          bx + tall * 0.1,
          by - tall * 0.6,
          bx + tall * random.between(-0.3, 0.6),
          by - tall,
        );
      }
    pen.stroke();
  }
}

/** Tall reeds in the corner across from the hero. */
function reeds(stage: Stage, edge: (x: number) => number): Item[] {
  const { unit, width } = stage;
  const random = stage.random.fork('reeds');
  const corner = stage.side > 0 ? width * 0.1 : width * 0.9;
  return [0, 1, 2].map((bunch) => ({
    depth: 0.38,
    still: true,
    pivot: { x: corner, y: edge(corner) + unit * 0.05 },
    pose: (time) => ({ dx: 0, dy: 0, turn: 0.016 * Math.sin(time * 0.9 + bunch * 1.4) }),
    box: { x: corner - unit * 0.34, y: edge(corner) - unit * 0.36, width: unit * 0.68, height: unit * 0.5 },
    draw: (pen) => {
      for (let stem = 0; stem < 13; stem++) {
        const x = corner + random.between(-0.2, 0.2) * unit;
        const y = edge(x) + unit * 0.05;
        const tall = unit * random.between(0.14, 0.3);
        const lean = random.between(-0.12, 0.2) * tall;
        pen.strokeStyle = paint(stage, '#5a6236', stage.front * random.between(0.4, 1.1), 0.4);
        pen.lineWidth = unit * 0.003;
        pen.beginPath();
        pen.moveTo(x, y);
        pen.quadraticCurveTo(x + lean * 0.2, y - tall * 0.6, x + lean, y - tall);
        pen.stroke();
        if (stem % 3 === 0) {
          pen.save();
          pen.translate(x + lean, y - tall);
          pen.rotate(lean / tall);
          blob(
            pen,
            [
              [-unit * 0.005, -unit * 0.028],
              [unit * 0.005, -unit * 0.028],
              [unit * 0.006, unit * 0.02],
              [-unit * 0.006, unit * 0.02],
            ],
            paint(stage, '#5b3b26', stage.front, 0.4),
          );
          pen.restore();
        }
      }
    },
  }));
}
