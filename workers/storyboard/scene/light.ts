import { css, hex, mix, type Rgb } from '../color/space.ts';
import type { Stage } from './scene.ts';

/** Light that a thing of this colour sends to the lens: `facing` 0 in shade to 1 turned to the sun, faded by the air over `depth`. */
export function lit(stage: Stage, albedo: string | Rgb, facing: number, depth: number): Rgb {
  const { ambient, key } = stage.palette;
  const own = typeof albedo === 'string' ? hex(albedo) : albedo;
  const shaded: Rgb = [
    own[0] * (ambient[0] + key[0] * facing),
    own[1] * (ambient[1] + key[1] * facing),
    own[2] * (ambient[2] + key[2] * facing),
  ];
  return mix(shaded, stage.palette.haze, hazeAt(stage, depth));
}

/** The same as the canvas wants it. */
export function paint(stage: Stage, albedo: string | Rgb, facing: number, depth: number, alpha = 1): string {
  return css(lit(stage, albedo, facing, depth), alpha);
}

/** Share of the haze in what is seen at a depth, 0 to 1. */
export function hazeAt(stage: Stage, depth: number): number {
  return 1 - Math.exp(-stage.palette.density * Math.max(0, depth - 0.4));
}

/** Colour of something that shines by itself, dimmed by the air only. */
export function shine(stage: Stage, color: string, depth: number, alpha = 1): string {
  return css(mix(hex(color), stage.palette.haze, hazeAt(stage, depth) * 0.6), alpha);
}
