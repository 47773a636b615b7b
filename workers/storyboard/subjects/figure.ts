import type { Pen } from '../canvas.ts';
import { css, scale as dim, hex, mix } from '../color/space.ts';
import { blob, line, type Point, taper } from './strokes.ts';

/** What somebody wears and has on; colours `#rrggbb`. */
export interface Look {
  coat: string;
  trousers: string;
  hair: string;
  skin: string;
  scarf: string;
  long: boolean;
  skirt: boolean;
  hat: boolean;
  umbrella: boolean;
}

/** The canvas colour of something of a figure: its own colour, turned to us by `facing`. */
export type Dye = (own: string, facing: number) => string;

/** Unit space: 1 tall, feet at 0, looking to +x. `turn` is the phase of the legs, null while standing. */
export function drawFigure(pen: Pen, look: Look, turn: number | null, sway: number, dye: Dye): void {
  const bob = turn === null ? Math.sin(sway) * 0.0015 : -Math.abs(Math.cos(turn)) * 0.014 + 0.007;
  const lean = turn === null ? 0 : 0.02;
  const hip: Point = [0, -0.49 + bob];
  const neck: Point = [lean, -0.835 + bob];
  const far = shade(look.trousers, 0.6);
  drawLeg(pen, hip, turn === null ? null : turn + Math.PI, far, dye, -0.022);
  drawArm(pen, neck, turn === null ? null : turn, shade(look.coat, 0.6), look, dye, -1, sway);
  drawLeg(pen, hip, turn, look.trousers, dye, 0.022);
  drawCoat(pen, look, bob, lean, sway, dye);
  drawHead(pen, look, bob, lean, sway, dye);
  drawArm(pen, neck, turn === null ? null : turn + Math.PI, look.coat, look, dye, 1, sway);
  if (look.umbrella) drawUmbrella(pen, look, bob, dye);
}

function drawLeg(pen: Pen, hip: Point, turn: number | null, cloth: string, dye: Dye, offset: number): void {
  const swing = turn === null ? offset * 1.4 : Math.sin(turn) * 0.46;
  const bend = turn === null ? 0.04 : 0.12 + 0.62 * Math.max(0, Math.cos(turn + 0.35)) ** 1.5;
  const thigh = 0.245;
  const shin = 0.235;
  const knee: Point = [hip[0] + offset * 0.6 + Math.sin(swing) * thigh, hip[1] + Math.cos(swing) * thigh];
  const lower = swing - bend;
  const ankle: Point = [knee[0] + Math.sin(lower) * shin, Math.min(-0.02, knee[1] + Math.cos(lower) * shin)];
  const color = dye(cloth, 0.8);
  taper(pen, [hip[0] + offset * 0.6, hip[1]], knee, 0.098, 0.066, color);
  taper(pen, knee, ankle, 0.066, 0.042, color);
  const toe = turn === null ? 0.06 : lower;
  const heel: Point = [ankle[0] - 0.018, ankle[1] + 0.004];
  const pitch = turn === null ? 0 : Math.max(-0.3, Math.min(0.7, -toe * 0.75));
  blob(
    pen,
    [
      [heel[0] - 0.012, heel[1] - 0.012],
      [ankle[0] + 0.028, ankle[1] - 0.012],
      [ankle[0] + 0.088 * Math.cos(pitch), ankle[1] + 0.008 + 0.088 * Math.sin(pitch)],
      [ankle[0] + 0.08 * Math.cos(pitch), ankle[1] + 0.024 + 0.07 * Math.sin(pitch)],
      [heel[0] - 0.012, heel[1] + 0.02],
    ],
    dye('#221d1e', 0.7),
  );
}

function drawCoat(pen: Pen, look: Look, bob: number, lean: number, sway: number, dye: Dye): void {
  const hem = (look.skirt ? -0.3 : look.long ? -0.33 : -0.43) + bob;
  const flare = (look.skirt ? 0.128 : look.long ? 0.105 : 0.088) + Math.sin(sway * 1.3) * 0.004;
  const outline: Point[] = [
    [lean - 0.02, -0.842 + bob],
    [lean + 0.03, -0.838 + bob],
    [lean + 0.088, -0.79 + bob],
    [lean + 0.083, -0.69 + bob],
    [0.066, -0.59 + bob],
    [0.082, -0.5 + bob],
    [flare, hem + 0.012],
    [flare - 0.02, hem + 0.02],
    [-flare - 0.012, hem + 0.016],
    [-flare, hem],
    [-0.086, -0.5 + bob],
    [-0.07, -0.6 + bob],
    [lean - 0.094, -0.71 + bob],
    [lean - 0.084, -0.8 + bob],
  ];
  blob(pen, outline, dye(look.coat, 1));
  // The side away from the light, and the belt.
  blob(
    pen,
    [
      [lean - 0.08, -0.8 + bob],
      [lean - 0.02, -0.79 + bob],
      [-0.022, -0.6 + bob],
      [-0.034, hem + 0.012],
      [-flare, hem + 0.004],
      [-0.082, -0.5 + bob],
      [-0.068, -0.6 + bob],
      [lean - 0.092, -0.71 + bob],
    ],
    dye(shade(look.coat, 0.72), 0.85),
  );
  if (look.long || look.skirt)
    line(
      pen,
      [
        [-0.066, -0.588 + bob],
        [0.066, -0.586 + bob],
      ],
      dye(shade(look.coat, 0.5), 0.8),
      0.016,
    );
}

function drawArm(
  pen: Pen,
  neck: Point,
  turn: number | null,
  cloth: string,
  look: Look,
  dye: Dye,
  side: number,
  sway: number,
): void {
  const held = look.umbrella && side > 0;
  const swing = held ? 0.5 : turn === null ? 0.05 + 0.02 * Math.sin(sway) : Math.sin(turn) * 0.42;
  const shoulder: Point = [neck[0] - 0.004 + side * 0.004, neck[1] + 0.055];
  const elbow: Point = [shoulder[0] + Math.sin(swing) * 0.165, shoulder[1] + Math.cos(swing) * 0.165];
  const bent = held ? swing + 2.1 : swing + (turn === null ? 0.16 : 0.3 + 0.16 * Math.sin(turn));
  const hand: Point = [elbow[0] + Math.sin(bent) * 0.145, elbow[1] + Math.cos(bent) * 0.145];
  const color = dye(side > 0 ? shade(cloth, 0.88) : cloth, 0.95);
  pen.fillStyle = dye(look.skin, 0.9);
  pen.beginPath();
  pen.arc(hand[0] + Math.sin(bent) * 0.012, hand[1] + Math.cos(bent) * 0.012, 0.019, 0, 7);
  pen.fill();
  taper(pen, shoulder, elbow, 0.066, 0.05, color);
  taper(pen, elbow, hand, 0.05, 0.038, color);
}

function drawHead(pen: Pen, look: Look, bob: number, lean: number, sway: number, dye: Dye): void {
  const x = lean + 0.012;
  const y = -0.925 + bob;
  const skin = dye(look.skin, 1);
  taper(pen, [lean - 0.002, -0.83 + bob], [x - 0.006, y + 0.02], 0.046, 0.04, skin);
  const flutter = Math.sin(sway * 2.6) * 0.014;
  if (look.long && !look.hat)
    blob(
      pen,
      [
        [x - 0.02, y - 0.066],
        [x - 0.066, y - 0.02],
        [x - 0.078 - flutter * 0.6, y + 0.07],
        [x - 0.1 - flutter, y + 0.135],
        [x - 0.038, y + 0.1],
        [x - 0.012, y + 0.04],
      ],
      dye(look.hair, 0.8),
    );
  // Face with brow, nose and chin towards +x.
  blob(
    pen,
    [
      [x - 0.034, y - 0.05],
      [x + 0.03, y - 0.055],
      [x + 0.05, y - 0.016],
      [x + 0.062, y + 0.012],
      [x + 0.048, y + 0.026],
      [x + 0.04, y + 0.058],
      [x + 0.006, y + 0.062],
      [x - 0.04, y + 0.04],
      [x - 0.052, y],
    ],
    skin,
  );
  blob(
    pen,
    [
      [x + 0.05, y - 0.042],
      [x + 0.024, y - 0.076],
      [x - 0.03, y - 0.08],
      [x - 0.07, y - 0.034],
      [x - 0.066, y + 0.036],
      [x - 0.026, y + 0.05],
      [x - 0.008, y - 0.004],
      [x + 0.012, y - 0.03],
    ],
    dye(look.hair, 0.9),
  );
  if (look.hat) {
    blob(
      pen,
      [
        [x + 0.06, y - 0.03],
        [x + 0.05, y - 0.085],
        [x - 0.01, y - 0.105],
        [x - 0.07, y - 0.07],
        [x - 0.076, y - 0.018],
        [x, y - 0.034],
      ],
      dye(look.scarf, 0.95),
    );
  }
  if (look.hat || look.long) {
    const tail = Math.sin(sway * 2.1) * 0.02;
    blob(
      pen,
      [
        [lean - 0.03, -0.845 + bob],
        [lean - 0.12, -0.84 + bob + tail],
        [lean - 0.2, -0.79 + bob - tail],
        [lean - 0.19, -0.76 + bob - tail],
        [lean - 0.1, -0.79 + bob + tail],
        [lean - 0.02, -0.81 + bob],
      ],
      dye(shade(look.scarf, 0.85), 0.9),
    );
    blob(
      pen,
      [
        [lean - 0.052, -0.868 + bob],
        [lean + 0.045, -0.872 + bob],
        [lean + 0.06, -0.825 + bob],
        [lean, -0.805 + bob],
        [lean - 0.058, -0.82 + bob],
      ],
      dye(look.scarf, 1),
    );
  }
}

function drawUmbrella(pen: Pen, look: Look, bob: number, dye: Dye): void {
  const x = 0.13;
  const y = -1.06 + bob;
  line(
    pen,
    [
      [x + 0.01, -0.69 + bob],
      [x - 0.02, y - 0.1],
    ],
    dye('#3a3434', 0.8),
    0.012,
  );
  const cloth = mixHex(look.scarf, look.coat);
  pen.beginPath();
  pen.moveTo(x - 0.36, y + 0.03);
  pen.bezierCurveTo(x - 0.3, y - 0.2, x + 0.24, y - 0.22, x + 0.32, y + 0.01);
  for (const [cx, ex] of [
    [0.25, 0.18],
    [0.1, 0.0],
    [-0.08, -0.18],
    [-0.27, -0.36],
  ] as const)
    pen.quadraticCurveTo(x + cx, y - 0.03, x + ex, y + 0.02);
  pen.closePath();
  pen.fillStyle = dye(cloth, 1);
  pen.fill();
  pen.beginPath();
  pen.moveTo(x - 0.36, y + 0.03);
  pen.bezierCurveTo(x - 0.3, y - 0.15, x - 0.12, y - 0.19, x - 0.02, y - 0.14);
  pen.quadraticCurveTo(x - 0.16, y - 0.1, x - 0.18, y + 0.02);
  pen.quadraticCurveTo(x - 0.27, y - 0.03, x - 0.36, y + 0.03);
  pen.fillStyle = dye(shade(cloth, 0.7), 0.9);
  pen.fill();
}

function shade(color: string, factor: number): string {
  return toHex(dim(hex(color), factor * factor));
}

function mixHex(a: string, b: string): string {
  return toHex(mix(hex(a), hex(b), 0.35));
}

function toHex(color: readonly [number, number, number]): string {
  const parts = css(color).match(/\d+/g)!.slice(0, 3);
  return `#${parts.map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`;
}
