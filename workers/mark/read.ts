import { blurred, lookedAt } from './clear.ts';
import { decode } from './code.ts';
import { cells, columns, type Layout, rows } from './grid.ts';

/** Where the pattern lies over a picture: a cell's column c is at pixel `left + c × across`. */
export interface Fit {
  left: number;
  top: number;
  /** Pixels of a cell; below 0 where the picture was mirrored. */
  across: number;
  down: number;
  /** By how much it was turned around the middle of the picture, clockwise, radians. */
  turn: number;
}

/** The whole pattern over the whole picture. */
export const whole: Fit = Object.freeze({
  left: 0,
  top: 0,
  across: lookedAt.width / columns,
  down: lookedAt.height / rows,
  turn: 0,
});

/** The pattern as it lies in a picture that was mirrored left and right, up and down. */
export function mirrored(fit: Fit, sideways: boolean, upsideDown: boolean): Fit {
  return {
    left: sideways ? fit.left + columns * fit.across : fit.left,
    top: upsideDown ? fit.top + rows * fit.down : fit.top,
    across: sideways ? -fit.across : fit.across,
    down: upsideDown ? -fit.down : fit.down,
    turn: fit.turn,
  };
}

/** The whole pattern over the whole picture, the four ways in which that may have been mirrored; two of them together are half a turn. With columns and rows exchanged, as in
 * upright pictures, they are the quarter turns. */
export const wholes: readonly Fit[] = [false, true].flatMap((upsideDown) =>
  [false, true].map((sideways) => Object.freeze(mirrored(whole, sideways, upsideDown))),
);

/** Sees the cells of a pattern that lies over a cleared picture. */
export interface Seen {
  /** Lightness of each cell; 0 where it is outside. */
  light(fit: Fit): Float64Array;
  /** In how many standard deviations the cells that all marks have in common agree: of pictures without it above t at most once in exp(t²/2)
   * (Hoeffding), whatever they show. */
  strength(fit: Fit): number;
}

/** `tall`: how tall a pixel is for its width, which counts where the picture was turned. */
export function see(picture: Float32Array, layout: Layout, tall = 1): Seen {
  const { width, height } = lookedAt;
  const soft = blurred(picture, width, height, 1);
  const at = (fit: Fit, cell: number): number => {
    let x = fit.left + ((cell % columns) + 0.5) * fit.across - 0.5;
    let y = fit.top + (Math.floor(cell / columns) + 0.5) * fit.down - 0.5;
    if (fit.turn !== 0) {
      const [cosine, sine] = [Math.cos(fit.turn), Math.sin(fit.turn)];
      const [right, below] = [x - (width - 1) / 2, (y - (height - 1) / 2) * tall];
      x = (width - 1) / 2 + cosine * right - sine * below;
      y = (height - 1) / 2 + (sine * right + cosine * below) / tall;
    }
    if (x < 0 || y < 0 || x > width - 1 || y > height - 1) return 0;
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [u, v] = [x - left, y - top];
    const from = top * width + left;
    const right = left < width - 1 ? 1 : 0;
    const below = top < height - 1 ? width : 0;
    return (
      (1 - v) * ((1 - u) * soft[from]! + u * soft[from + right]!) +
      v * ((1 - u) * soft[from + below]! + u * soft[from + below + right]!)
    );
  };
  return {
    light: (fit) => Float64Array.from({ length: cells }, (_, cell) => at(fit, cell)),
    strength(fit) {
      let sum = 0;
      let power = 0;
      for (const { cell, sign } of layout.known) {
        const value = at(fit, cell);
        sum += sign * value;
        power += value * value;
      }
      return power === 0 ? 0 : sum / Math.sqrt(power);
    },
  };
}

/** The payload that the cells spell; null where it does not pass its check. */
export function payloadOf(light: Float64Array, { carriers }: Layout): string | null {
  return decode(
    Float64Array.from(carriers, (carrying) =>
      carrying.reduce((sum, { cell, sign }) => sum + sign * light[cell]!, 0),
    ),
  );
}
