import type { OurMatrix } from '../../dsl/colours.ts';
import type { Rational } from '../../dsl/facts.ts';
import { scaling } from './frame-filters.ts';

/** Size, rate and colours of a film, and how pictures of another shape fit into it. */
export interface FilmShape {
  width: number;
  height: number;
  rate: Rational;
  fit: 'pad' | 'crop';
  matrix: OurMatrix;
}

/** Filters that bring pictures to the size and colours of a film, 4:2:0 with square pixels; `matrix` is theirs, null for RGB. */
export function shapeFilters(
  from: { width: number; height: number },
  matrix: string | null,
  to: FilmShape,
): string[] {
  const { scale, rest } = fitting(from, to);
  const colours = `${matrix === null ? '' : `in_color_matrix=${matrix}:`}out_color_matrix=${to.matrix}:out_range=tv`;
  return [`scale=${scale}:${colours}:${scaling}`, 'format=yuv420p', ...rest, 'setsar=1'];
}

/** Scaled size and what then pads or crops it; whole even numbers, so that nothing is left to rounding in a filter. */
export function fitting(
  from: { width: number; height: number },
  to: { width: number; height: number; fit: 'pad' | 'crop' },
): { scale: string; rest: string[] } {
  const ratios = [to.width / from.width, to.height / from.height] as const;
  const factor = to.fit === 'pad' ? Math.min(...ratios) : Math.max(...ratios);
  const width = near(from.width * factor, to.width, to.fit);
  const height = near(from.height * factor, to.height, to.fit);
  if (width === to.width && height === to.height) return { scale: `${width}:${height}`, rest: [] };
  const [x, y] = [evenDown(Math.abs(to.width - width) / 2), evenDown(Math.abs(to.height - height) / 2)];
  const filter = to.fit === 'pad' ? 'pad' : 'crop';
  return { scale: `${width}:${height}`, rest: [`${filter}=${to.width}:${to.height}:${x}:${y}`] };
}

/** The nearest even length that stays inside (pad) or covers (crop) the limit. */
function near(length: number, limit: number, fit: 'pad' | 'crop'): number {
  const even = Math.max(2, Math.round(length / 2) * 2);
  return fit === 'pad' ? Math.min(even, limit) : Math.max(even, limit);
}

function evenDown(value: number): number {
  return Math.floor(value / 2) * 2;
}
