import type { Fill, Pen } from '../canvas.ts';

export type Point = readonly [number, number];

/** A closed shape through points, straight. */
export function shape(pen: Pen, points: readonly Point[], fill: Fill): void {
  pen.beginPath();
  for (const [index, [x, y]] of points.entries()) index === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y);
  pen.closePath();
  pen.fillStyle = fill;
  pen.fill();
}

/** A closed shape whose corners are rounded into curves: each point pulls, the curve passes between. */
export function blob(pen: Pen, points: readonly Point[], fill: Fill): void {
  pen.beginPath();
  const last = points.length;
  for (let index = 0; index < last; index++) {
    const a = points[index]!;
    const b = points[(index + 1) % last]!;
    const x = (a[0] + b[0]) / 2;
    const y = (a[1] + b[1]) / 2;
    if (index === 0) {
      const z = points[last - 1]!;
      pen.moveTo((z[0] + a[0]) / 2, (z[1] + a[1]) / 2);
    }
    pen.quadraticCurveTo(a[0], a[1], x, y);
  }
  pen.closePath();
  pen.fillStyle = fill;
  pen.fill();
}

/** A line of even width with round ends. */
export function line(pen: Pen, points: readonly Point[], color: string, width: number): void {
  pen.beginPath();
  for (const [index, [x, y]] of points.entries()) index === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y);
  pen.strokeStyle = color;
  pen.lineWidth = width;
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  pen.stroke();
}

/** A limb: thick at one end, thin at the other. */
export function taper(pen: Pen, from: Point, to: Point, thick: number, thin: number, fill: Fill): void {
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0]) + Math.PI / 2;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  pen.beginPath();
  pen.arc(from[0], from[1], thick / 2, angle, angle + Math.PI);
  pen.lineTo(to[0] - (cos * thin) / 2, to[1] - (sin * thin) / 2);
  pen.arc(to[0], to[1], thin / 2, angle + Math.PI, angle + 2 * Math.PI);
  pen.closePath();
  pen.fillStyle = fill;
  pen.fill();
}

/** A soft round light, strongest in the middle. */
export function glow(
  pen: Pen,
  x: number,
  y: number,
  radius: number,
  color: (alpha: number) => string,
  power: number,
): void {
  const gradient = pen.createRadialGradient(x, y, 0, x, y, radius);
  gradient.addColorStop(0, color(power));
  gradient.addColorStop(0.15, color(power * 0.55));
  gradient.addColorStop(0.4, color(power * 0.2));
  gradient.addColorStop(1, color(0));
  pen.fillStyle = gradient;
  pen.fillRect(x - radius, y - radius, radius * 2, radius * 2);
}
