import type { Pen } from '../canvas.ts';
import { paint, shine } from '../scene/light.ts';
import type { Item, Stage } from '../scene/scene.ts';
import { shape } from './strokes.ts';

/** A lighthouse on a point: banded tower, gallery, lantern, lit when lamps are or the weather is thick. */
export function lighthouse(
  stage: Stage,
  at: { x: number; y: number; height: number; depth: number; waterline?: number },
  color: string,
): Item[] {
  const { x, y, height, depth } = at;
  const foot = height * 0.088;
  const neck = height * 0.056;
  const on = beaconLit(stage);
  const tower: Item = {
    depth,
    still: true,
    ...(at.waterline === undefined ? {} : { waterline: at.waterline }),
    box: { x: x - height * 0.3, y: y - height * 1.12, width: height * 0.6, height: height * 1.14 },
    draw: (pen) => {
      drawTower(pen, stage, at, color, foot, neck);
      drawLantern(pen, stage, at, neck, on, color);
    },
  };
  return [tower];
}

function drawTower(
  pen: Pen,
  stage: Stage,
  at: { x: number; y: number; height: number; depth: number },
  color: string,
  foot: number,
  neck: number,
): void {
  const { x, y, height, depth } = at;
  const top = y - height * 0.82;
  const bands = 7;
  // Straight sides with a little entasis: the width between foot and neck follows a slow curve.
  const half = (part: number) => neck + (foot - neck) * (1 - part) ** 1.35;
  for (let band = 0; band < bands; band++) {
    const low = band / bands;
    const high = (band + 1) / bands;
    const white = band % 2 === 0;
    const own = white ? '#e9e2d6' : color;
    const y0 = y - (y - top) * low;
    const y1 = y - (y - top) * high;
    const gradient = pen.createLinearGradient(x - foot, 0, x + foot, 0);
    const bright = Math.min(1, stage.front + 0.42);
    const dim = stage.front * 0.45;
    const [left, right] = stage.sunSide < 0 ? [bright, dim] : [dim, bright];
    gradient.addColorStop(0, paint(stage, own, left * 0.86, depth));
    gradient.addColorStop(stage.sunSide < 0 ? 0.2 : 0.8, paint(stage, own, bright, depth));
    gradient.addColorStop(0.5, paint(stage, own, (left + right) / 2.2, depth));
    gradient.addColorStop(1, paint(stage, own, right * 0.8, depth));
    pen.beginPath();
    pen.moveTo(x - half(low), y0 + 0.4);
    pen.lineTo(x - half(high), y1);
    pen.quadraticCurveTo(x, y1 + neck * 0.1, x + half(high), y1);
    pen.lineTo(x + half(low), y0 + 0.4);
    pen.quadraticCurveTo(x, y0 + neck * 0.14, x - half(low), y0 + 0.4);
    pen.fillStyle = gradient;
    pen.fill();
  }
  for (const [index, part] of [0.2, 0.42, 0.64].entries()) {
    const wy = y - (y - top) * part;
    const wx = x + (index % 2 === 0 ? 0.22 : -0.18) * half(part);
    const size = height * 0.011;
    pen.beginPath();
    pen.moveTo(wx - size, wy + size * 1.6);
    pen.lineTo(wx - size, wy - size * 0.4);
    pen.arc(wx, wy - size * 0.4, size, Math.PI, 0);
    pen.lineTo(wx + size, wy + size * 1.6);
    pen.fillStyle = stage.palette.lamps
      ? shine(stage, '#ffd98c', depth)
      : paint(stage, '#2b3340', 0.2, depth);
    pen.fill();
  }
  // Door and plinth.
  shape(
    pen,
    [
      [x - foot * 1.16, y + 1],
      [x - foot * 1.08, y - height * 0.03],
      [x + foot * 1.08, y - height * 0.03],
      [x + foot * 1.16, y + 1],
    ],
    paint(stage, '#8d8890', stage.front * 0.8, depth),
  );
  pen.fillStyle = paint(stage, '#3a2c2a', stage.front * 0.5, depth);
  pen.beginPath();
  pen.roundRect(x - foot * 0.24, y - height * 0.078, foot * 0.48, height * 0.078, [
    foot * 0.24,
    foot * 0.24,
    0,
    0,
  ]);
  pen.fill();
}

function drawLantern(
  pen: Pen,
  stage: Stage,
  at: { x: number; y: number; height: number; depth: number },
  neck: number,
  on: boolean,
  color: string,
): void {
  const { x, y, height, depth } = at;
  const gallery = y - height * 0.82;
  const glassTop = y - height * 0.945;
  const dark = paint(stage, '#2c2a33', stage.front * 0.7, depth);
  // Brackets, gallery and railing.
  shape(
    pen,
    [
      [x - neck * 1.02, gallery + height * 0.025],
      [x - neck * 1.62, gallery],
      [x + neck * 1.62, gallery],
      [x + neck * 1.02, gallery + height * 0.025],
    ],
    dark,
  );
  pen.fillStyle = dark;
  pen.fillRect(x - neck * 1.7, gallery - height * 0.008, neck * 3.4, height * 0.011);
  pen.fillStyle = on ? shine(stage, '#fffbe8', depth) : paint(stage, '#9fb8c6', stage.front, depth);
  pen.fillRect(x - neck * 0.8, glassTop, neck * 1.6, gallery - glassTop);
  pen.strokeStyle = dark;
  pen.lineWidth = Math.max(0.7, height * 0.0045);
  pen.beginPath();
  for (const part of [-0.8, -0.27, 0.27, 0.8]) {
    pen.moveTo(x + neck * part, glassTop);
    pen.lineTo(x + neck * part, gallery);
  }
  for (let part = -1.62; part <= 1.63; part += 0.405) {
    pen.moveTo(x + neck * part, gallery - height * 0.034);
    pen.lineTo(x + neck * part, gallery);
  }
  pen.moveTo(x - neck * 1.62, gallery - height * 0.034);
  pen.lineTo(x + neck * 1.62, gallery - height * 0.034);
  pen.stroke();
  pen.beginPath();
  pen.moveTo(x - neck * 1.02, glassTop + 1);
  pen.quadraticCurveTo(x - neck * 0.8, glassTop - height * 0.05, x, glassTop - height * 0.058);
  pen.quadraticCurveTo(x + neck * 0.8, glassTop - height * 0.05, x + neck * 1.02, glassTop + 1);
  pen.closePath();
  const roof = pen.createLinearGradient(x - neck, 0, x + neck, 0);
  const [left, right] = stage.sunSide < 0 ? [0.9, 0.15] : [0.15, 0.9];
  roof.addColorStop(0, paint(stage, color, left, depth));
  roof.addColorStop(1, paint(stage, color, right, depth));
  pen.fillStyle = roof;
  pen.fill();
  pen.fillStyle = dark;
  pen.beginPath();
  pen.arc(x, glassTop - height * 0.063, height * 0.009, 0, 7);
  pen.fill();
  pen.fillRect(x - height * 0.0025, glassTop - height * 0.11, height * 0.005, height * 0.05);
}

/** Whether a lighthouse is at work. */
export function beaconLit(stage: Stage): boolean {
  return stage.palette.lamps || stage.weather === 'fog' || stage.weather === 'rain';
}
