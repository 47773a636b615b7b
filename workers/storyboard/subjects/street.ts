import { css, hex } from '../color/space.ts';
import { paint, shine } from '../scene/light.ts';
import type { Item, Stage } from '../scene/scene.ts';
import { glow } from './strokes.ts';

/** A street across the frame: a row of shop fronts, the far pavement, the road, the pavement before us. `base` is the foot of the row. */
export function street(stage: Stage, base: number): { row: Item[]; road: Item; kerb: Item; floor: number } {
  const { unit, width, height, margin } = stage;
  const span = { x: -margin, width: width + 2 * margin };
  const wet = stage.weather === 'rain' || stage.weather === 'storm';
  const snow = stage.weather === 'snow';
  const far = base + unit * 0.04;
  const near = base + unit * 0.17;
  const grain = stage.random.fork('asphalt');
  const road: Item = {
    depth: 1.29,
    still: true,
    box: { ...span, y: base - 2, height: height - base + unit * 0.25 },
    draw: (pen) => {
      pen.fillStyle = paint(stage, snow ? '#dfe5ec' : '#8a8580', stage.front * 0.8, 1.2);
      pen.fillRect(span.x, base - 1, span.width, unit * 0.05);
      pen.fillStyle = paint(stage, '#b0aaa2', stage.front + 0.1, 1.2);
      pen.fillRect(span.x, far - unit * 0.004, span.width, unit * 0.005);
      const fill = pen.createLinearGradient(0, far, 0, near + unit * 0.1);
      fill.addColorStop(0, paint(stage, snow ? '#b8bec8' : '#55555c', stage.front * 0.9, 1));
      fill.addColorStop(1, paint(stage, snow ? '#9aa0aa' : '#37373e', stage.front * 0.6, 0.7));
      pen.fillStyle = fill;
      pen.fillRect(span.x, far, span.width, height - far + unit * 0.2);
      for (let fleck = 0; fleck < 900; fleck++) {
        pen.fillStyle = css(grain.chance(0.5) ? [0.6, 0.6, 0.65] : [0, 0, 0.01], 0.05);
        pen.fillRect(
          grain.between(-margin, width + margin),
          grain.between(far, near),
          unit * grain.between(0.004, 0.03),
          unit * 0.0014,
        );
      }
      pen.fillStyle = paint(stage, '#e8e4da', stage.front + 0.15, 0.9, 0.75);
      for (let x = -margin; x < width + margin; x += unit * 0.17)
        pen.fillRect(x, base + unit * 0.093, unit * 0.085, unit * 0.0055);
      // Light of shops and lamps on the road.
      const shineOf = stage.palette.lamps ? '#ffc677' : '#ffffff';
      const sheen = pen.createLinearGradient(0, far, 0, near);
      const power = (stage.palette.lamps ? 0.2 : 0.05) * (wet ? 2 : 1);
      sheen.addColorStop(0, css(hex(shineOf), power));
      sheen.addColorStop(1, css(hex(shineOf), 0));
      pen.fillStyle = sheen;
      pen.fillRect(span.x, far, span.width, near - far);
      if (stage.palette.lamps)
        for (let spot = 0; spot < 16; spot++) {
          const x = grain.between(-margin, width + margin);
          const streak = pen.createLinearGradient(0, far, 0, near);
          const hue = grain.pick(['#ffd08a', '#ffb35a', '#ff7a5a', '#9fd0ff']);
          streak.addColorStop(0, css(hex(hue), wet ? 0.34 : 0.12));
          streak.addColorStop(1, css(hex(hue), 0));
          pen.fillStyle = streak;
          pen.fillRect(x, far, unit * grain.between(0.012, 0.04), near - far);
        }
    },
  };
  const kerb: Item = {
    depth: 0.6,
    still: true,
    box: { ...span, y: near - unit * 0.01, height: height - near + unit * 0.25 },
    draw: (pen) => {
      const bottom = height + unit * 0.2;
      const fill = pen.createLinearGradient(0, near, 0, bottom);
      fill.addColorStop(0, paint(stage, snow ? '#e9edf3' : '#8b8683', stage.front + 0.08, 0.5));
      fill.addColorStop(0.3, paint(stage, snow ? '#ccd4de' : '#6e6a69', stage.front * 0.65, 0.5));
      fill.addColorStop(1, paint(stage, '#343238', stage.front * 0.35, 0.5));
      pen.fillStyle = fill;
      pen.fillRect(span.x, near, span.width, bottom - near);
      pen.strokeStyle = css([0, 0, 0.01], 0.25);
      pen.lineWidth = unit * 0.0015;
      let y = near + unit * 0.014;
      let gap = unit * 0.026;
      while (y < bottom) {
        pen.beginPath();
        pen.moveTo(span.x, y);
        pen.lineTo(span.x + span.width, y);
        const spread = (y - stage.horizon) / (near - stage.horizon);
        const next = (y + gap - stage.horizon) / (near - stage.horizon);
        for (let x = -width; x < width * 2; x += unit * 0.1) {
          pen.moveTo(width / 2 + (x - width / 2) * spread, y);
          pen.lineTo(width / 2 + (x - width / 2) * next, y + gap);
        }
        pen.stroke();
        y += gap;
        gap *= 1.28;
      }
      pen.fillStyle = paint(stage, '#b9b3ac', Math.min(1, stage.front + 0.25), 0.5);
      pen.fillRect(span.x, near - unit * 0.004, span.width, unit * 0.007);
      pen.fillStyle = css([0, 0, 0.01], 0.4);
      pen.fillRect(span.x, near - unit * 0.01, span.width, unit * 0.006);
    },
  };
  return { row: [shops(stage, base)], road, kerb, floor: Math.min(height - unit * 0.03, near + unit * 0.06) };
}

const bricks = ['#a5654e', '#c7a27c', '#8d7a6c', '#b98567', '#77808a', '#d0bda0', '#8f5d54'];
const awnings = ['#a83a34', '#2f6b5a', '#c08a35', '#3b5a86'];

/** Houses of three to five floors with shops below. */
function shops(stage: Stage, base: number): Item {
  const { unit, width, margin } = stage;
  const random = stage.random.fork('shops');
  const grown = stage.magnify(1.6);
  const floor = unit * 0.052 * grown;
  const depth = 1.6;
  return {
    depth,
    still: true,
    box: { x: -margin, y: base - floor * 7.2, width: width + 2 * margin, height: floor * 7.2 + 2 },
    draw: (pen) => {
      let x = -margin;
      while (x < width + margin) {
        const bays = random.whole(3, 5);
        const wide = bays * floor * 0.82;
        // A gap now and then, through which the towers are seen.
        if (random.chance(0.2)) {
          x += wide * 0.7;
          continue;
        }
        const floors = random.whole(2, 5);
        const high = floor * (floors + 1.15);
        const own = random.pick(bricks);
        const fill = pen.createLinearGradient(0, base - high, 0, base);
        fill.addColorStop(0, paint(stage, own, stage.front + 0.06, depth));
        fill.addColorStop(1, paint(stage, own, stage.front * 0.7, depth));
        pen.fillStyle = fill;
        pen.fillRect(x, base - high, wide, high);
        pen.fillStyle = paint(stage, own, Math.min(1, stage.front + 0.4), depth);
        pen.fillRect(stage.sunSide < 0 ? x : x + wide - unit * 0.004, base - high, unit * 0.004, high);
        pen.fillStyle = paint(
          stage,
          stage.weather === 'snow' ? '#f0f3f7' : '#5d5552',
          stage.front * 0.9,
          depth,
        );
        pen.fillRect(x - unit * 0.004, base - high - unit * 0.008, wide + unit * 0.008, unit * 0.012);
        for (let row = 1; row <= floors; row++)
          for (let bay = 0; bay < bays; bay++) {
            const on = stage.palette.lamps && random.chance(0.45);
            const px = x + (bay + 0.27) * (wide / bays);
            const py = base - floor * (row + 1.02);
            pen.fillStyle = paint(stage, '#e6dfd2', stage.front * 0.8, depth);
            pen.fillRect(
              px - unit * 0.002,
              py - unit * 0.002,
              (wide / bays) * 0.46 + unit * 0.004,
              floor * 0.6 + unit * 0.004,
            );
            pen.fillStyle = on
              ? shine(stage, random.pick(['#ffd88e', '#ffca78', '#fff0d0']), depth)
              : paint(stage, '#39434f', stage.front * 0.7, depth);
            pen.fillRect(px, py, (wide / bays) * 0.46, floor * 0.6);
          }
        const open = stage.palette.lamps && random.chance(0.75);
        pen.fillStyle = open
          ? shine(stage, '#ffe2ac', depth)
          : paint(stage, '#3d4650', stage.front * 0.8, depth);
        pen.fillRect(x + wide * 0.07, base - floor * 0.82, wide * 0.6, floor * 0.72);
        pen.fillStyle = paint(stage, '#3b2a26', stage.front * 0.6, depth);
        pen.fillRect(x + wide * 0.74, base - floor * 0.86, wide * 0.17, floor * 0.86);
        const awning = random.pick(awnings);
        for (let stripe = 0; stripe < 8; stripe++) {
          pen.fillStyle = paint(stage, stripe % 2 ? '#efe7da' : awning, stage.front + 0.12, depth);
          pen.fillRect(x + wide * (0.05 + stripe * 0.08), base - floor * 1.02, wide * 0.081, floor * 0.24);
        }
        if (open)
          glow(
            pen,
            x + wide * 0.37,
            base - floor * 0.4,
            wide * 0.62,
            (alpha) => css(hex('#ffc46e'), alpha),
            0.3,
          );
        x += wide;
      }
    },
  };
}
