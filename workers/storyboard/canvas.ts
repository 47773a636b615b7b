import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';

export type { Canvas };

/** What items draw with. */
export type Pen = SKRSContext2D;

/** A colour or a gradient. */
export type Fill = Pen['fillStyle'];

/** A transparent canvas of whole pixels, at least 1×1. The one door to the canvas library. */
export function openCanvas(width: number, height: number): { canvas: Canvas; pen: Pen } {
  const canvas = createCanvas(Math.max(1, Math.ceil(width)), Math.max(1, Math.ceil(height)));
  return { canvas, pen: canvas.getContext('2d') };
}
