import { css } from '../color/space.ts';
import { paint } from '../scene/light.ts';
import type { Stage } from '../scene/scene.ts';
import type { Deck } from './pier.ts';

/** A stone quay or street from side to side: kerb, paving, bollards. People and cars use it. */
export function quay(stage: Stage, at: { top?: number; road?: boolean } = {}): Deck {
  const { unit, width, height, margin } = stage;
  const top = at.top ?? Math.min(height - unit * 0.1, stage.horizon + unit * 0.275);
  const depth = 0.42;
  const random = stage.random.fork('quay');
  const snow = stage.weather === 'snow';
  const stone = snow ? '#e8edf3' : '#7d7a78';
  const wet = stage.weather === 'rain' || stage.weather === 'storm';
  return {
    behind: [
      {
        depth,
        still: true,
        box: {
          x: -margin,
          y: top - unit * 0.06,
          width: width + 2 * margin,
          height: height - top + unit * 0.26,
        },
        draw: (pen) => {
          const bottom = height + unit * 0.2;
          const fill = pen.createLinearGradient(0, top, 0, bottom);
          fill.addColorStop(0, paint(stage, stone, stage.front + 0.1, depth));
          fill.addColorStop(0.3, paint(stage, stone, stage.front * 0.6, depth));
          fill.addColorStop(1, paint(stage, '#3b393d', stage.front * 0.35, depth));
          pen.fillStyle = fill;
          pen.fillRect(-margin, top, width + 2 * margin, bottom - top);
          const vanish = { x: width / 2, y: stage.horizon };
          pen.strokeStyle = css([0, 0, 0.01], 0.22);
          pen.lineWidth = unit * 0.0016;
          let y = top + unit * 0.02;
          let gap = unit * 0.022;
          for (let row = 0; y < bottom; row++) {
            pen.beginPath();
            pen.moveTo(-margin, y);
            pen.lineTo(width + margin, y);
            const spread = (y - vanish.y) / (top - vanish.y);
            const next = (y + gap - vanish.y) / (top - vanish.y);
            for (let x = -width; x < width * 2; x += unit * 0.09) {
              const own = x + (row % 2) * unit * 0.045;
              pen.moveTo(vanish.x + (own - vanish.x) * spread, y);
              pen.lineTo(vanish.x + (own - vanish.x) * next, y + gap);
              if (random.chance(0.16)) {
                pen.fillStyle = css([0.85, 0.85, 0.9], random.between(0.008, 0.04));
                pen.fillRect(vanish.x + (own - vanish.x) * spread, y, unit * 0.09 * spread, gap);
              }
            }
            pen.stroke();
            y += gap;
            gap *= 1.22;
          }
          if (wet) {
            const sheen = pen.createLinearGradient(0, top, 0, bottom);
            sheen.addColorStop(0, css(stage.palette.haze, 0.42));
            sheen.addColorStop(0.5, css(stage.palette.haze, 0.12));
            sheen.addColorStop(1, css(stage.palette.haze, 0));
            pen.fillStyle = sheen;
            pen.fillRect(-margin, top, width + 2 * margin, bottom - top);
          }
          pen.fillStyle = paint(stage, snow ? '#f5f8fb' : '#a39e98', Math.min(1, stage.front + 0.3), depth);
          pen.fillRect(-margin, top - unit * 0.004, width + 2 * margin, unit * 0.009);
          pen.fillStyle = css([0, 0, 0.01], 0.35);
          pen.fillRect(-margin, top + unit * 0.005, width + 2 * margin, unit * 0.004);
          if (at.road) return;
          const iron = paint(stage, '#2c2d33', stage.front * 0.8, depth);
          for (let x = -margin + unit * 0.2; x < width + margin; x += unit * 0.42) {
            pen.fillStyle = iron;
            pen.beginPath();
            pen.roundRect(x - unit * 0.013, top - unit * 0.035, unit * 0.026, unit * 0.045, unit * 0.006);
            pen.fill();
            pen.beginPath();
            pen.roundRect(x - unit * 0.019, top - unit * 0.04, unit * 0.038, unit * 0.012, unit * 0.005);
            pen.fill();
          }
        },
      },
    ],
    before: [],
    floor: top + unit * 0.05,
    from: width * 0.06,
    to: width * 0.94,
  };
}
