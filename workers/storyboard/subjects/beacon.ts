import type { Light, Stage } from '../scene/scene.ts';
import { beaconLit } from './lighthouse.ts';

const color = [1, 0.86, 0.56] as const;

/** The light of a lighthouse whose lantern is at `x`, `y`: a halo, brightest when the beam points at us, and two turning arms. */
export function beacon(stage: Stage, at: { x: number; y: number; height: number; depth: number }): Light[] {
  if (!beaconLit(stage)) return [];
  const phase = stage.random.fork('beam').between(0.3, 0.9);
  const thick = stage.weather === 'clear' || stage.weather === 'cloudy' ? 1 : 1.5;
  const reach = stage.unit * 1.05;
  return [
    {
      ...at,
      add: (frame, width, height, x, y, scale, time) => {
        const angle = time * 0.55 + phase;
        const towards = Math.abs(Math.sin(angle)) ** 8;
        addHalo(frame, width, height, x, y, at.height * 0.5 * scale, (0.5 + 0.7 * towards) * thick);
        for (const way of [0, Math.PI])
          addArm(frame, width, height, x, y, angle + way, reach * scale, at.height * 0.03 * scale, thick);
      },
    },
  ];
}

/** Light that falls off from the lantern, nothing at the rim. */
function addHalo(
  frame: Float32Array,
  width: number,
  height: number,
  x: number,
  y: number,
  radius: number,
  power: number,
): void {
  const right = Math.min(width - 1, Math.ceil(x + radius));
  const bottom = Math.min(height - 1, Math.ceil(y + radius));
  for (let row = Math.max(0, Math.floor(y - radius)); row <= bottom; row++)
    for (let column = Math.max(0, Math.floor(x - radius)); column <= right; column++) {
      const part = ((column - x) ** 2 + (row - y) ** 2) / (radius * radius);
      if (part >= 1) continue;
      const light = power * (1 - part) ** 2 * (0.16 + 0.018 / (part + 0.012));
      put(frame, (row * width + column) * 3, light);
    }
}

/** One arm: long seen from the side, short and wide when it points at us; soft across, fading along. */
function addArm(
  frame: Float32Array,
  width: number,
  height: number,
  x: number,
  y: number,
  angle: number,
  reach: number,
  neck: number,
  power: number,
): void {
  const across = Math.cos(angle);
  const towards = Math.sin(angle);
  const length = reach * Math.max(0.05, Math.abs(across));
  const side = across < 0 ? -1 : 1;
  const strength = power * 0.5 * Math.min(1, Math.abs(across) * 2);
  const from = Math.max(0, Math.floor(side > 0 ? x : x - length));
  const to = Math.min(width - 1, Math.ceil(side > 0 ? x + length : x));
  for (let column = from; column <= to; column++) {
    const part = Math.min(1, Math.max(0, ((column - x) * side) / length));
    const half = neck + length * part * (0.05 + 0.05 * Math.max(0, towards));
    const middle = y - length * part * 0.045 * towards;
    const along = strength * (1 - part) ** 1.6 * (neck / half) ** 0.45;
    const bottom = Math.min(height - 1, Math.ceil(middle + half));
    for (let row = Math.max(0, Math.floor(middle - half)); row <= bottom; row++) {
      const off = (row - middle) / half;
      const soft = 1 - off * off;
      if (soft > 0) put(frame, (row * width + column) * 3, along * soft * soft);
    }
  }
}

function put(frame: Float32Array, at: number, light: number): void {
  frame[at]! += light * color[0];
  frame[at + 1]! += light * color[1];
  frame[at + 2]! += light * color[2];
}
