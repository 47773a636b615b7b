import type { Brief, Subject } from '../prompt/brief.ts';
import type { Item, Stage } from '../scene/scene.ts';
import { sized } from '../scene/stage.ts';
import { tree } from '../subjects/tree.ts';
import { type Ground, placed } from './ground.ts';
import { asked, each, has } from './subjects.ts';

/** Trees: those that are named, and those that a place has by itself. They frame the picture: few stand in the middle. */
export function growth(stage: Stage, brief: Brief, ground: Ground): Item[] {
  const { unit, width, side } = stage;
  const random = stage.random.fork('growth');
  const named = each(asked(brief, 'tree', 'pine', 'palm')).slice(0, 40);
  const one = named.length === 1;
  const built = has(brief, 'lighthouse', 'windmill', 'house', 'church');
  const forest = brief.setting === 'forest';
  const pines = brief.setting === 'mountains' ? 1 : forest ? 0.5 : 0.1;
  const native = Array.from({ length: nativeTrees(brief, named) }, () => ({
    kind: random.chance(pines) ? 'pine' : 'tree',
    side: null,
  }));
  return [...named, ...native].map((subject, index) => {
    const chosen = index < named.length;
    const rows = forest ? [3, 2.4, 1.45, 1.2, 0.75, 0.46] : [2.4, 1.45, 1.2, 0.75, 1.4];
    const depth = chosen && one ? 0.95 : random.pick(rows) * random.between(0.94, 1);
    const away = random.pick([-1, 1]) * random.between(depth < 0.6 ? 0.4 : 0.14, 0.62);
    const across = width * (0.5 + (chosen ? away * 0.66 : away));
    const hero = width * (0.5 + side * 0.2);
    const hides = !chosen && built && Math.abs(across - hero) < unit * 0.4;
    const x =
      chosen && one
        ? placed(stage, subject.side, width * (0.5 + side * 0.2))
        : hides
          ? width - across
          : across;
    const size = sized(stage, subject.kind === 'pine' ? 0.4 : 0.36, depth) * random.between(0.8, 1.12);
    const at = { x, y: ground(x, depth) + unit * 0.006, size: Math.min(size, unit * 0.85), depth };
    return tree(stage, at, subject.kind, random);
  });
}

function nativeTrees(brief: Brief, named: readonly Subject[]): number {
  if (brief.setting === 'forest') return 26;
  if (brief.setting === 'mountains') return 9;
  if (brief.setting === 'desert') return 0;
  return named.length > 0 ? 0 : 3;
}
