import type { Brief } from '../prompt/brief.ts';
import type { Item, Stage } from '../scene/scene.ts';
import { hills } from '../subjects/hills.ts';
import { mist } from '../subjects/mist.ts';
import { ridges } from '../subjects/ridge.ts';
import { town } from '../subjects/town.ts';
import { woods } from '../subjects/woods.ts';

/** What stands at the far end of a landscape: ranges, woods, dunes, hills, the roofs of a village. */
export function backdrop(stage: Stage, brief: Brief, items: Item[]): void {
  const { unit, horizon } = stage;
  const base = horizon + unit * 0.03;
  if (brief.setting === 'mountains') {
    items.push(...ridges(stage, brief, { base, layers: 4 }));
    items.push(
      ...woods(stage, 'pines', { depth: 4.2, base: horizon + unit * 0.035, size: 0.1, kind: 'pine' }),
    );
  } else if (brief.setting === 'forest') {
    items.push(
      hills(stage, 'wooded', { base, rise: unit * 0.24, depth: 18, color: '#4f6a58', below: unit * 0.05 }),
    );
    for (const [index, depth] of [7, 4.2].entries()) {
      items.push(
        ...woods(stage, `woods ${index}`, {
          depth,
          base: horizon + unit * (0.02 + index * 0.02),
          size: 0.24 - index * 0.01,
          kind: 'mixed',
        }),
      );
      items.push(
        mist(stage, `wood mist ${index}`, {
          y: horizon - unit * 0.01,
          height: unit * 0.14,
          depth: depth * 0.9,
          power: 0.55,
        }),
      );
    }
  } else if (brief.setting === 'desert') {
    items.push(
      hills(
        stage,
        'mesas',
        { base, rise: unit * 0.14, depth: 24, color: '#a4674a', below: unit * 0.05 },
        { gaps: true },
      ),
    );
    items.push(
      hills(
        stage,
        'dunes',
        { base, rise: unit * 0.08, depth: 9, color: '#c9955d', below: unit * 0.05 },
        { waves: 1 },
      ),
    );
  } else {
    items.push(
      hills(stage, 'far', { base, rise: unit * 0.17, depth: 26, color: '#6b7f8a', below: unit * 0.05 }),
    );
    items.push(
      hills(
        stage,
        'middle',
        { base, rise: unit * 0.1, depth: 13, color: '#6f8560', below: unit * 0.05 },
        { waves: 1 },
      ),
    );
    items.push(
      ...woods(stage, 'hedges', { depth: 7, base: horizon + unit * 0.022, size: 0.035, kind: 'tree' }),
    );
  }
  if (brief.setting === 'village')
    items.push(
      town(stage, 'village', {
        from: stage.width * 0.12,
        to: stage.width * 0.88,
        y: horizon + unit * 0.045,
        size: unit * 0.06,
        depth: 3.6,
      }),
    );
}
