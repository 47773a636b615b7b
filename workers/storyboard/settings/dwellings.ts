import type { Brief } from '../prompt/brief.ts';
import type { Item, Light, Stage } from '../scene/scene.ts';
import { sized } from '../scene/stage.ts';
import { beacon } from '../subjects/beacon.ts';
import { church } from '../subjects/church.ts';
import { house } from '../subjects/house.ts';
import { lighthouse } from '../subjects/lighthouse.ts';
import { windmill } from '../subjects/windmill.ts';
import { type Ground, placed } from './ground.ts';
import { asked, each } from './subjects.ts';

/** Towers, mills and houses on land; a village has some houses that nobody named. */
export function dwellings(stage: Stage, brief: Brief, ground: Ground): { items: Item[]; lights: Light[] } {
  const { unit, width, side } = stage;
  const random = stage.random.fork('dwellings');
  const items: Item[] = [];
  const lights: Light[] = [];
  const hero = width * (0.5 + side * 0.2);
  for (const [index, subject] of each(asked(brief, 'lighthouse', 'windmill'))
    .slice(0, 5)
    .entries()) {
    const x = placed(stage, subject.side, hero - side * index * unit * 0.34);
    const depth = 1.2 + index * 0.35;
    const height = (Math.min(unit * 0.42, stage.horizon * 0.8) * stage.magnify(1)) / depth ** 0.6;
    const at = { x, y: ground(x, depth) + unit * 0.008, height, depth };
    if (subject.kind === 'windmill') items.push(...windmill(stage, at));
    else {
      items.push(...lighthouse(stage, at, subject.color ?? '#c0342c'));
      lights.push(...beacon(stage, { x, y: at.y - height * 0.88, height, depth }));
    }
  }
  const named = each(asked(brief, 'house', 'church'));
  const native = brief.setting === 'village' ? Math.max(0, 4 - named.length) : 0;
  const homes = [
    ...named,
    ...Array.from({ length: native }, () => ({ kind: 'house', color: null, side: null })),
  ];
  for (const [index, home] of homes.slice(0, 12).entries()) {
    const depth = 1.35 + (index % 3) * 0.5 + random.between(-0.05, 0.05);
    const across = hero - side * ((index * 0.37) % 1.1) * unit * 0.8 + random.between(-0.03, 0.03) * unit;
    const x = placed(stage, home.side, across);
    const at = { x, y: ground(x, depth) + unit * 0.006, size: sized(stage, 0.2, depth), depth };
    items.push(
      home.kind === 'church'
        ? church(stage, at, home.color)
        : house(stage, at, home.color, random.fork(`house ${index}`)),
    );
  }
  return { items, lights };
}
