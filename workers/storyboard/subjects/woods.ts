import { paint } from '../scene/light.ts';
import type { Item, Stage } from '../scene/scene.ts';
import { shape } from './strokes.ts';
import { drawBroad, drawPine } from './tree.ts';

/** A belt of trees from side to side in two rows, standing on `base`; `size` in units is a tree's height at its place. */
export function woods(
  stage: Stage,
  name: string,
  at: { depth: number; base: number; size: number; kind: 'pine' | 'tree' | 'mixed' },
): Item[] {
  const { unit, width, margin } = stage;
  return [1, 0].map((row) => {
    const random = stage.random.fork(`${name} ${row}`);
    const depth = at.depth * (1 + row * 0.35);
    const usual = unit * at.size * stage.magnify(at.depth) ** 0.6;
    return {
      depth,
      still: true,
      box: {
        x: -margin,
        y: at.base - usual * 1.6,
        width: width + 2 * margin,
        height: usual * 1.6 + unit * 0.08,
      },
      draw: (pen) => {
        for (
          let x = -margin;
          x < width + margin;
          x += usual * random.between(0.16, at.kind === 'tree' ? 0.9 : 0.36)
        ) {
          const size = usual * random.between(0.65, 1.2);
          pen.save();
          pen.translate(x, at.base + random.between(0, 0.02) * unit);
          pen.scale(size, size);
          if (at.kind === 'pine' || (at.kind === 'mixed' && random.chance(0.55)))
            drawPine(pen, stage, depth, random);
          else drawBroad(pen, stage, depth, random);
          pen.restore();
        }
        // Undergrowth closes the belt to the ground.
        shape(
          pen,
          [
            [-margin, at.base - unit * 0.004],
            [width + margin, at.base - unit * 0.004],
            [width + margin, at.base + unit * 0.08],
            [-margin, at.base + unit * 0.08],
          ],
          paint(stage, '#3c5236', stage.front * 0.6, depth),
        );
      },
    } satisfies Item;
  });
}
