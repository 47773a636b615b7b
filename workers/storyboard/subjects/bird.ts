import type { Pen } from '../canvas.ts';
import { paint } from '../scene/light.ts';
import type { Item, Stage } from '../scene/scene.ts';
import { blob } from './strokes.ts';

interface Bird {
  x: number;
  y: number;
  span: number;
  beat: number;
  phase: number;
  speed: number;
  glide: number;
}

/** A flock on the wing about a place: wings beat, glide, beat again; each bird on a way of its own. */
export function flock(
  stage: Stage,
  at: { x: number; y: number; depth: number; spread: number },
  count: number,
  color: string | null,
): Item {
  const random = stage.random.fork(`flock ${at.x}`);
  const way = random.pick([-1, 1]);
  const birds: Bird[] = Array.from({ length: count }, (_, index) => ({
    x: at.x + (random.next() + random.next() - 1) * at.spread,
    y: at.y + (random.next() + random.next() - 1) * at.spread * 0.36,
    span:
      (stage.unit * (0.085 - 0.04 * (index / count)) * random.between(0.75, 1.15) * stage.magnify(2)) /
      at.depth ** 0.5,
    beat: random.between(1.7, 2.5),
    phase: random.between(0, 6.28),
    speed: way * stage.unit * random.between(0.022, 0.036),
    glide: random.between(0, 6.28),
  }));
  const travel = stage.unit * 0.04 * 120;
  return {
    depth: at.depth,
    still: false,
    speed: stage.unit * 0.09,
    box: {
      x: -stage.margin,
      y: Math.max(0, at.y - at.spread),
      width: stage.width + 2 * stage.margin,
      height: at.spread * 2,
    },
    draw: (pen, time) => {
      for (const bird of birds) {
        const range = stage.width + 2 * stage.margin;
        const raw = bird.x + bird.speed * time;
        // Long clips: who leaves on one side comes back on the other, well outside the frame.
        const x = travel < range ? raw : ((((raw + stage.margin) % range) + range) % range) - stage.margin;
        const y = bird.y + Math.sin(time * 0.6 + bird.glide) * bird.span * 0.45;
        drawBird(pen, stage, bird, x, y, time, way, at.depth, color);
      }
    },
  };
}

function drawBird(
  pen: Pen,
  stage: Stage,
  bird: Bird,
  x: number,
  y: number,
  time: number,
  way: number,
  depth: number,
  color: string | null,
): void {
  const gliding = 0.5 + 0.5 * Math.sin(time * 0.8 + bird.glide);
  const power = 0.3 + 0.7 * gliding;
  const stroke = Math.sin(time * bird.beat * 2 * Math.PI * 0.62 + bird.phase) * power;
  const s = bird.span / 2;
  const pale = paint(stage, color ?? '#f4f1ea', stage.front * 0.9 + 0.12, depth);
  const dark = paint(stage, color ?? '#9aa0ab', stage.front * 0.5, depth);
  pen.save();
  pen.translate(x, y);
  pen.scale(way, 1);
  pen.rotate(-0.08);
  for (const side of [1, -1]) {
    const elbowX = side * s * 0.42;
    const elbowY = -s * (0.16 + 0.34 * stroke);
    const tipX = side * s * (0.98 - 0.12 * Math.abs(stroke));
    const tipY = -s * (0.02 + 0.62 * Math.sin(Math.asin(Math.max(-1, Math.min(1, stroke))) - 0.5) + 0.12);
    pen.beginPath();
    pen.moveTo(s * 0.1, -s * 0.02);
    pen.quadraticCurveTo(elbowX * 0.7 + s * 0.05, elbowY - s * 0.07, elbowX, elbowY);
    pen.quadraticCurveTo((elbowX + tipX) / 2, elbowY + (tipY - elbowY) * 0.3 - s * 0.03, tipX, tipY);
    pen.quadraticCurveTo(
      (elbowX + tipX) / 2 - s * 0.04,
      (elbowY + tipY) / 2 + s * 0.09,
      elbowX - s * 0.06,
      elbowY + s * 0.13,
    );
    pen.quadraticCurveTo(elbowX * 0.5 - s * 0.1, s * 0.04, -s * 0.12, s * 0.06);
    pen.closePath();
    pen.fillStyle = side > 0 ? pale : dark;
    pen.fill();
  }
  blob(
    pen,
    [
      [s * 0.34, -s * 0.02],
      [s * 0.24, -s * 0.09],
      [0, -s * 0.07],
      [-s * 0.36, s * 0.0],
      [-s * 0.3, s * 0.06],
      [0, s * 0.1],
      [s * 0.26, s * 0.06],
    ],
    pale,
  );
  pen.restore();
}
