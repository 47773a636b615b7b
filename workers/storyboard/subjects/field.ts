import { css } from '../color/space.ts';
import { createLine } from '../noise.ts';
import { paint } from '../scene/light.ts';
import type { Item, Stage } from '../scene/scene.ts';
import { groundAt } from '../scene/stage.ts';
import { shape } from './strokes.ts';

/** A roll of ground at a depth, from its crest to the bottom of the frame: grass with tufts and flowers, or sand with ripples. */
export function field(
  stage: Stage,
  name: string,
  depth: number,
  color: string,
  kind: 'grass' | 'sand',
): { item: Item; top(x: number): number } {
  const { unit, width, height, margin } = stage;
  const random = stage.random.fork(name);
  const wave = createLine(random, 3, 1, 0.45);
  const base = groundAt(stage, depth);
  const swell = (unit * 0.035) / depth ** 0.35;
  const top = (x: number) => base - swell * (0.4 + 0.6 * wave((x + margin) / (width + 2 * margin)));
  const snow = stage.weather === 'snow';
  const own = snow ? '#eef2f8' : color;
  return {
    top,
    item: {
      depth,
      still: true,
      box: {
        x: -margin,
        y: base - unit * 0.16,
        width: width + 2 * margin,
        height: height - base + unit * 0.42,
      },
      draw: (pen) => {
        const bottom = height + unit * 0.24;
        const outline: [number, number][] = [];
        for (let x = -margin; x <= width + margin + 6; x += 6) outline.push([x, top(x)]);
        const fill = pen.createLinearGradient(0, base - swell, 0, base + unit * 0.3);
        fill.addColorStop(0, paint(stage, own, stage.front + 0.2, depth));
        fill.addColorStop(0.18, paint(stage, own, stage.front * 0.85, depth));
        fill.addColorStop(1, paint(stage, own, stage.front * (snow ? 0.5 : 0.22), depth));
        shape(pen, [...outline, [width + margin, bottom], [-margin, bottom]], fill);
        const deep = Math.min(bottom - base, unit * 0.4);
        if (kind === 'sand') {
          for (let ripple = 0; ripple < 34; ripple++) {
            const y0 = base + deep * (ripple / 34) ** 1.5 + unit * 0.01;
            pen.strokeStyle = css(ripple % 2 ? [1, 0.85, 0.6] : [0.1, 0.04, 0.01], 0.055);
            pen.lineWidth = unit * 0.0024 * (0.5 + ripple / 20);
            pen.beginPath();
            for (let x = -margin; x <= width + margin; x += 12) {
              const y =
                y0 +
                Math.sin(x / (unit * 0.09) + ripple * 2.1) * unit * 0.004 +
                wave((x + margin) / (width + 2 * margin)) * -swell * 0.5;
              x === -margin ? pen.moveTo(x, y) : pen.lineTo(x, y);
            }
            pen.stroke();
          }
          return;
        }
        const size = unit / depth ** 0.75;
        const count = Math.round(3400 / (1 + depth));
        for (const [layer, tone] of [0.35, 0.7, 1.05].entries()) {
          pen.strokeStyle = paint(
            stage,
            snow ? '#dfe6ee' : color,
            stage.front * tone + layer * 0.05,
            depth,
            0.75,
          );
          pen.lineWidth = Math.max(0.5, size * 0.0012);
          pen.beginPath();
          for (let blade = 0; blade < count / 3; blade++) {
            const x = random.between(-margin, width + margin);
            const y = top(x) + (blade % 4 === 0 ? size * 0.002 : deep * random.next() ** 1.3);
            const tall = size * random.between(0.006, 0.02) * (snow ? 0.4 : 1);
            pen.moveTo(x, y);
            pen.quadraticCurveTo(x, y - tall * 0.6, x + tall * random.between(-0.4, 0.6), y - tall);
          }
          pen.stroke();
        }
        if (snow || stage.time === 'night') return;
        for (let flower = 0; flower < 130 / (1 + depth); flower++) {
          const x = random.between(-margin, width + margin);
          const y = top(x) + deep * (0.06 + 0.9 * random.next());
          pen.fillStyle = paint(
            stage,
            random.pick(['#f3d55a', '#f4f0e6', '#d9657a', '#9a7fd0']),
            stage.front + 0.25,
            depth,
          );
          pen.beginPath();
          pen.arc(x, y, size * random.between(0.0016, 0.003), 0, 7);
          pen.fill();
        }
      },
    },
  };
}
