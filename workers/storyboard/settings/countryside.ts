import type { Brief } from '../prompt/brief.ts';
import type { Item, Light, Scene, Stage } from '../scene/scene.ts';
import { groundAt } from '../scene/stage.ts';
import { field } from '../subjects/field.ts';
import { mist } from '../subjects/mist.ts';
import { aloft } from './aloft.ts';
import { backdrop } from './backdrop.ts';
import { dwellings } from './dwellings.ts';
import { folk } from './folk.ts';
import type { Ground } from './ground.ts';
import { growth } from './growth.ts';

/** Mountains, forest, plain, desert, village: a far horizon, rolling ground that comes nearer, subjects standing on it by depth. */
export function countryside(stage: Stage, brief: Brief): Scene {
  const items: Item[] = [];
  const lights: Light[] = [];
  const { unit } = stage;
  backdrop(stage, brief, items);
  items.push(...aloft(stage, brief));
  const dry = brief.setting === 'desert';
  const hue = dry ? ['#c99b63', '#c08d55', '#ad7a48'] : ['#7d8f4d', '#6b8446', '#56703c'];
  const fog = stage.weather === 'fog';
  // Rows of ground; subjects stand on the row of their depth.
  const rows = [3.2, 1.5, 0.78, 0.46].map((depth, index) => ({
    depth,
    item: field(stage, `field ${index}`, depth, hue[Math.min(2, index)]!, dry ? 'sand' : 'grass'),
  }));
  const ground: Ground = (x, depth) => {
    const row = [...rows].reverse().find((one) => one.depth >= depth - 0.01) ?? rows[0]!;
    return row.item.top(x);
  };
  const buildings = dwellings(stage, brief, ground);
  lights.push(...buildings.lights);
  const standing = [...buildings.items, ...growth(stage, brief, ground), ...folk(stage, brief, ground)];
  for (const [index, row] of rows.entries()) {
    items.push(row.item.item);
    if (fog || (brief.time === 'dawn' && index < 2) || (brief.setting === 'forest' && index < 3))
      items.push(
        mist(stage, `ground mist ${index}`, {
          y: groundAt(stage, row.depth) - unit * 0.02,
          height: unit * 0.09,
          depth: row.depth * 0.95,
          power: fog ? 0.65 : 0.4,
        }),
      );
    const next = rows[index + 1]?.depth ?? 0;
    items.push(
      ...standing
        .filter((one) => one.depth <= row.depth + 0.005 && one.depth > next + 0.005)
        .sort((a, b) => b.depth - a.depth),
    );
  }
  return { stage, water: null, items, lights };
}
