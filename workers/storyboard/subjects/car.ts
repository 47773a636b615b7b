import type { Pen } from '../canvas.ts';
import { css, hex } from '../color/space.ts';
import type { Subject } from '../prompt/brief.ts';
import type { Random } from '../random.ts';
import { paint, shine } from '../scene/light.ts';
import type { Item, Stage } from '../scene/scene.ts';
import { shape } from './strokes.ts';

/** A car or a bus seen from the side that drives across and comes again; `size` is its length, `speed` units a second. */
export function car(
  stage: Stage,
  at: { x: number; y: number; size: number; depth: number; way: number; speed: number },
  subject: Subject,
  random: Random,
): Item {
  const { size, depth, way, y } = at;
  const bus = subject.kind === 'bus';
  const body =
    subject.color ?? random.pick(['#b5352c', '#2f6385', '#e0d9cc', '#3b4048', '#c99a35', '#44704f']);
  const parked = subject.traits.includes('parked');
  const speed = parked ? 0 : way * at.speed * stage.unit;
  const range = stage.width + 2 * stage.margin;
  const long = bus ? size * 1.7 : size;
  const where = (time: number) =>
    ((((at.x + speed * time + stage.margin) % range) + range) % range) - stage.margin;
  return {
    depth,
    still: false,
    speed: Math.abs(speed),
    box: { x: -stage.margin - long, y: y - size * 0.75, width: range + 2 * long, height: size * 0.85 },
    // Its lamps light the road ahead.
    boxAt: (time) => ({
      x: where(time) - long * 1.6,
      y: y - size * 0.75,
      width: long * 3.2,
      height: size * 0.85,
    }),
    draw: (pen, time) => {
      const x = where(time);
      pen.save();
      pen.translate(x, y);
      pen.scale(way * size, size);
      if (bus) drawBus(pen, stage, depth, body, (time * Math.abs(speed)) / size);
      else drawCar(pen, stage, depth, body, (time * Math.abs(speed)) / size);
      pen.restore();
    },
  };
}

/** Unit space: 1 long, wheels on 0, driving to +x. */
function drawCar(pen: Pen, stage: Stage, depth: number, own: string, rolled: number): void {
  const bright = Math.min(1, stage.front + 0.35);
  const dim = stage.front * 0.6;
  shadow(pen, 0.55);
  pen.beginPath();
  pen.moveTo(-0.49, -0.1);
  pen.quadraticCurveTo(-0.51, -0.21, -0.46, -0.235);
  pen.lineTo(-0.33, -0.255);
  pen.quadraticCurveTo(-0.22, -0.39, -0.1, -0.4);
  pen.lineTo(0.06, -0.395);
  pen.quadraticCurveTo(0.14, -0.38, 0.24, -0.265);
  pen.quadraticCurveTo(0.43, -0.24, 0.48, -0.19);
  pen.quadraticCurveTo(0.51, -0.13, 0.49, -0.085);
  pen.lineTo(-0.47, -0.075);
  pen.closePath();
  const fill = pen.createLinearGradient(0, -0.4, 0, -0.07);
  fill.addColorStop(0, paint(stage, own, bright, depth));
  fill.addColorStop(0.45, paint(stage, own, bright * 0.8, depth));
  fill.addColorStop(0.55, paint(stage, own, dim, depth));
  fill.addColorStop(1, paint(stage, own, dim * 0.5, depth));
  pen.fillStyle = fill;
  pen.fill();
  const glass = paint(stage, stage.palette.lamps ? '#5a6478' : '#55687a', stage.front * 0.8 + 0.1, depth);
  shape(
    pen,
    [
      [-0.285, -0.262],
      [-0.2, -0.355],
      [-0.07, -0.37],
      [-0.07, -0.262],
    ],
    glass,
  );
  shape(
    pen,
    [
      [-0.045, -0.262],
      [-0.045, -0.37],
      [0.05, -0.366],
      [0.19, -0.262],
    ],
    glass,
  );
  pen.fillStyle = paint(stage, '#1d1d22', dim, depth);
  pen.fillRect(-0.48, -0.1, 0.96, 0.035);
  for (const x of [-0.29, 0.3]) wheel(pen, stage, depth, x, 0.095, rolled);
  lights(pen, stage, depth, 0.478, -0.49, -0.185);
}

function drawBus(pen: Pen, stage: Stage, depth: number, own: string, rolled: number): void {
  const bright = Math.min(1, stage.front + 0.35);
  shadow(pen, 0.95);
  const fill = pen.createLinearGradient(0, -0.62, 0, -0.08);
  fill.addColorStop(0, paint(stage, own, bright, depth));
  fill.addColorStop(1, paint(stage, own, stage.front * 0.5, depth));
  pen.fillStyle = fill;
  pen.beginPath();
  pen.roundRect(-0.85, -0.62, 1.7, 0.55, 0.05);
  pen.fill();
  pen.fillStyle = stage.palette.lamps
    ? shine(stage, '#ffe3a6', depth)
    : paint(stage, '#4c5d6e', stage.front, depth);
  for (let pane = 0; pane < 7; pane++) pen.fillRect(-0.8 + pane * 0.225, -0.54, 0.195, 0.2);
  for (const x of [-0.52, 0.5]) wheel(pen, stage, depth, x, 0.1, rolled);
  lights(pen, stage, depth, 0.84, -0.85, -0.16);
}

function wheel(pen: Pen, stage: Stage, depth: number, x: number, radius: number, rolled: number): void {
  pen.fillStyle = paint(stage, '#17171a', stage.front * 0.5, depth);
  pen.beginPath();
  pen.arc(x, -radius, radius, 0, 7);
  pen.fill();
  pen.fillStyle = paint(stage, '#a7a9ad', stage.front * 0.9, depth);
  pen.beginPath();
  pen.arc(x, -radius, radius * 0.56, 0, 7);
  pen.fill();
  pen.strokeStyle = paint(stage, '#3a3b40', stage.front * 0.6, depth);
  pen.lineWidth = radius * 0.16;
  pen.beginPath();
  for (let spoke = 0; spoke < 3; spoke++) {
    const angle = rolled / radius + (spoke * Math.PI) / 3;
    pen.moveTo(x - Math.cos(angle) * radius * 0.5, -radius - Math.sin(angle) * radius * 0.5);
    pen.lineTo(x + Math.cos(angle) * radius * 0.5, -radius + Math.sin(angle) * radius * 0.5);
  }
  pen.stroke();
}

function lights(pen: Pen, stage: Stage, depth: number, front: number, back: number, y: number): void {
  const on = stage.palette.lamps || stage.weather === 'fog' || stage.weather === 'rain';
  pen.fillStyle = on ? shine(stage, '#fff6d8', depth) : paint(stage, '#efe9d8', stage.front, depth);
  pen.fillRect(front - 0.035, y, 0.04, 0.035);
  pen.fillStyle = on ? shine(stage, '#ff3a28', depth) : paint(stage, '#a3261c', stage.front, depth);
  pen.fillRect(back, y - 0.005, 0.025, 0.045);
  if (!on) return;
  const beam = pen.createLinearGradient(front, 0, front + 0.9, 0);
  beam.addColorStop(0, css(hex('#fff0c4'), 0.4));
  beam.addColorStop(1, css(hex('#fff0c4'), 0));
  shape(
    pen,
    [
      [front, y],
      [front + 0.9, y - 0.05],
      [front + 0.9, y + 0.2],
      [front, y + 0.035],
    ],
    beam,
  );
}

function shadow(pen: Pen, half: number): void {
  pen.fillStyle = css([0, 0, 0.01], 0.35);
  pen.beginPath();
  pen.ellipse(0, -0.005, half, 0.035, 0, 0, 7);
  pen.fill();
}
