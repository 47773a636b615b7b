import type { Brief } from '../prompt/brief.ts';
import type { Item, Light, Scene, Stage } from '../scene/scene.ts';
import { depthAt, sized } from '../scene/stage.ts';
import { beacon } from '../subjects/beacon.ts';
import { vessel } from '../subjects/boats.ts';
import { bridge } from '../subjects/bridge.ts';
import { church } from '../subjects/church.ts';
import { dam } from '../subjects/dam.ts';
import { headland } from '../subjects/headland.ts';
import { hills } from '../subjects/hills.ts';
import { house } from '../subjects/house.ts';
import { lighthouse } from '../subjects/lighthouse.ts';
import { mist } from '../subjects/mist.ts';
import { ridges } from '../subjects/ridge.ts';
import { skyline } from '../subjects/skyline.ts';
import { town } from '../subjects/town.ts';
import { train } from '../subjects/train.ts';
import { tree } from '../subjects/tree.ts';
import { aloft } from './aloft.ts';
import { ashore } from './ashore.ts';
import { asked, each, has } from './subjects.ts';

/** Sea, harbour, lake, river and beach: a far shore, the water, a headland for the hero, vessels, and ground before us for people. */
export function waterside(stage: Stage, brief: Brief): Scene {
  const items: Item[] = [];
  const lights: Light[] = [];
  const top = stage.horizon;
  farShore(stage, brief, top, items);
  if (stage.weather === 'fog' || brief.time === 'dawn')
    items.push(
      mist(
        stage,
        'far mist',
        {
          y: top - stage.unit * 0.01,
          height: stage.unit * 0.1,
          depth: 12,
          power: stage.weather === 'fog' ? 0.9 : 0.45,
        },
        { beyond: true },
      ),
    );
  items.push(...aloft(stage, brief));
  if (has(brief, 'bridge')) items.push(...bridge(stage, brief, { y: top + stage.unit * 0.035, depth: 3 }));
  items.push(...railway(stage, brief));
  hero(stage, brief, top, items, lights);
  afloat(stage, brief, items);
  if (stage.weather === 'fog')
    for (const [index, y] of [0.08, 0.2].entries())
      items.push(
        mist(stage, `water mist ${index}`, {
          y: top + stage.unit * y,
          height: stage.unit * 0.1,
          depth: 1.4 - index * 0.6,
          power: 0.5,
        }),
      );
  items.push(...ashore(stage, brief));
  const rough = { clear: 0.26, cloudy: 0.36, fog: 0.1, rain: 0.55, snow: 0.25, storm: 1 }[stage.weather];
  const calm =
    brief.setting === 'lake' || brief.setting === 'river' ? 0.4 : brief.setting === 'harbour' ? 0.75 : 1;
  return { stage, water: { top, roughness: rough * calm, deep: stage.palette.deep }, items, lights };
}

function farShore(stage: Stage, brief: Brief, top: number, items: Item[]): void {
  const { unit } = stage;
  const random = stage.random.fork('shore');
  const shore = { waterline: top, beyond: true };
  const magnified = stage.magnify(20);
  if (brief.setting === 'lake') {
    items.push(...ridges(stage, brief, { base: top, layers: 3, waterline: top }));
    return;
  }
  if (brief.setting === 'river') {
    items.push(
      hills(
        stage,
        'valley',
        { base: top, rise: unit * 0.16 * magnified, depth: 18, color: '#5f7a5c' },
        shore,
      ),
    );
    items.push(
      hills(
        stage,
        'bank far',
        { base: top, rise: unit * 0.07 * magnified, depth: 6, color: '#47613c' },
        { ...shore, waves: 4 },
      ),
    );
  } else {
    const far = random.chance(0.55);
    if (far)
      items.push(
        hills(
          stage,
          'isles far',
          { base: top, rise: unit * 0.11 * magnified, depth: 26, color: '#566b78' },
          { ...shore, gaps: true },
        ),
      );
    items.push(
      hills(
        stage,
        'isles',
        { base: top, rise: unit * 0.065 * magnified, depth: 15, color: '#4d5f66' },
        { ...shore, gaps: true },
      ),
    );
  }
  const houses = asked(brief, 'house', 'church').reduce((sum, subject) => sum + subject.count, 0);
  if (brief.subjects.some((subject) => subject.traits.includes('skyline')))
    items.push(...skyline(stage, { base: top, size: 0.16, depth: 9 }, shore));
  else if (brief.setting === 'harbour' || houses > 2) {
    const middle = stage.width / 2 - stage.side * stage.width * 0.22;
    const half = stage.width * (brief.setting === 'harbour' ? 0.34 : 0.2);
    items.push(
      town(
        stage,
        'town',
        {
          from: middle - half - stage.margin * 0.3,
          to: middle + half,
          y: top + 1,
          size: unit * 0.044 * stage.magnify(6) ** 0.7,
          depth: 6,
        },
        shore,
      ),
    );
  }
}

/** A train along the far side of the water, on a dam; where there is a bridge, it crosses that. */
function railway(stage: Stage, brief: Brief): Item[] {
  const [subject] = asked(brief, 'train');
  if (subject === undefined || has(brief, 'bridge')) return [];
  const depth = 2.6;
  const waterline = stage.horizon + stage.unit * 0.05;
  const y = waterline - stage.unit * 0.022;
  const at = { x: stage.width * (0.5 + stage.side * 0.2), y: y + stage.unit * 0.004, way: stage.side };
  return [
    dam(stage, { y, waterline, depth }),
    train(stage, { ...at, size: sized(stage, 0.115, depth), depth: depth - 0.01, waterline }, subject.color),
  ];
}

/** The headland with the lighthouse, cottages, trees, or alone as a counterweight. */
function hero(stage: Stage, brief: Brief, top: number, items: Item[], lights: Light[]): void {
  const { unit, width, side } = stage;
  const towers = asked(brief, 'lighthouse');
  const homes = each(asked(brief, 'house', 'church'));
  const trees = each(asked(brief, 'tree', 'pine', 'palm'));
  const random = stage.random.fork('hero');
  const wanted = towers.length > 0 || (homes.length > 0 && homes.length <= 2) || trees.length > 0;
  if (!wanted && !(brief.setting === 'sea' && random.chance(0.55))) return;
  const grown = stage.magnify(1);
  const reach = Math.min(width * 0.42, unit * 0.72 * grown);
  const edge = side > 0 ? width : 0;
  const land = headland(stage, {
    side,
    tip: edge - side * reach,
    waterline: top + unit * 0.115,
    rise: unit * (wanted ? 0.145 : 0.1) * grown ** 0.6 * random.between(0.9, 1.15),
    depth: 1,
  });
  const spots: Item[] = [];
  const tower = towers[0];
  let x = edge - side * reach * 0.56;
  if (tower) {
    const tall = Math.min(stage.horizon * 0.86, unit * 0.47 * grown);
    const at = { x, y: land.top(x) + unit * 0.012, height: tall, depth: 1, waterline: land.waterline };
    spots.push(...lighthouse(stage, at, tower.color ?? '#c0342c'));
    lights.push(...beacon(stage, { x, y: at.y - tall * 0.88, height: tall, depth: 1 }));
    x += side * reach * 0.3;
  }
  for (const [index, home] of homes.slice(0, 2).entries()) {
    const hx = x + side * index * unit * 0.2;
    const at = {
      x: hx,
      y: land.top(hx) + unit * 0.014,
      size: unit * 0.085 * grown,
      depth: 1.02,
      waterline: land.waterline,
    };
    spots.push(
      home.kind === 'church'
        ? church(stage, at, home.color)
        : house(stage, at, home.color, stage.random.fork(`home ${index}`)),
    );
  }
  for (const [index, subject] of trees.slice(0, 6).entries()) {
    const tx = edge - side * reach * (0.3 + 0.09 * index + (tower ? -0.2 : 0.1));
    spots.push(
      tree(
        stage,
        {
          x: tx,
          y: land.top(tx) + unit * 0.012,
          size: unit * 0.15 * grown * random.between(0.8, 1.1),
          depth: 1.05,
          waterline: land.waterline,
        },
        subject.kind,
        random,
      ),
    );
  }
  // Land before towers hides their feet; halos and beams behind keep their order.
  items.push(...spots, ...land.items);
}

function afloat(stage: Stage, brief: Brief, items: Item[]): void {
  const { unit, width } = stage;
  const crafts = each(asked(brief, 'boat', 'sailboat', 'ship')).slice(0, 24);
  if (crafts.length === 0 && brief.setting === 'harbour') return;
  const random = stage.random.fork('fleet');
  const count = crafts.length;
  const placed = crafts.map((craft, index) => {
    const part = count === 1 ? 0.5 : index / (count - 1);
    const asideOf = craft.side === null ? null : craft.side;
    const near =
      craft.distance === 'near'
        ? 0.24
        : craft.distance === 'far'
          ? 0.03
          : 0.05 + 0.13 * (((index * 0.618 + random.next() * 0.2) % 1) + (count === 1 ? 0.2 : 0));
    const open = stage.width * 0.5 - stage.side * stage.width * 0.16;
    const spread = Math.min(width * 0.36, unit * (0.16 + 0.11 * count));
    const x =
      asideOf === null
        ? open +
          (count === 1
            ? random.between(-0.4, 0.4) * spread
            : (part - 0.5) * 1.7 * spread + random.between(-0.1, 0.1) * spread)
        : width * (0.5 + asideOf * 0.28) + random.between(-0.05, 0.05) * width;
    return { craft, x, y: stage.horizon + unit * near };
  });
  placed.sort((a, b) => a.y - b.y);
  for (const { craft, x, y } of placed) {
    const depth = depthAt(stage, y);
    const kind = craft.kind as 'boat' | 'sailboat' | 'ship';
    const base = { boat: 0.13, sailboat: 0.15, ship: 0.42 }[kind];
    const far = kind === 'ship' ? 2.6 : depth;
    items.push(
      vessel(
        stage,
        kind,
        {
          x,
          y: kind === 'ship' ? stage.horizon + unit * 0.045 : y,
          size: (base * unit * stage.magnify(far)) / (kind === 'ship' ? 1 : depth ** 0.75),
          depth: far,
          way: stage.random.fork(`way ${x}`).pick([-1, 1]),
        },
        craft.color,
      ),
    );
  }
}
