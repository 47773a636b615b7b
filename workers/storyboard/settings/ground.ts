import type { Stage } from '../scene/scene.ts';

/** Row of the ground at a column, on the roll that things at a depth stand on. */
export type Ground = (x: number, depth: number) => number;

/** The column for something: where the prompt says (`side`), else where the composition wants it. */
export function placed(stage: Stage, side: number | null, x: number): number {
  return side === null ? x : stage.width * (0.5 + side * 0.27);
}
