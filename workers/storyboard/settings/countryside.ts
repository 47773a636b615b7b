import type { Brief } from '../prompt/brief.ts';
import type { Item, Light, Scene, Stage } from '../scene/scene.ts';
import { groundAt, sized } from '../scene/stage.ts';
import { animal } from '../subjects/animal.ts';
import { beacon } from '../subjects/beacon.ts';
import { car } from '../subjects/car.ts';
import { field } from '../subjects/field.ts';
import { hills } from '../subjects/hills.ts';
import { house } from '../subjects/house.ts';
import { lighthouse } from '../subjects/lighthouse.ts';
import { mist } from '../subjects/mist.ts';
import { person } from '../subjects/person.ts';
import { lamp } from '../subjects/pier.ts';
import { ridges } from '../subjects/ridge.ts';
import { town } from '../subjects/town.ts';
import { train } from '../subjects/train.ts';
import { tree } from '../subjects/tree.ts';
import { windmill } from '../subjects/windmill.ts';
import { woods } from '../subjects/woods.ts';
import { aloft } from './aloft.ts';
import { asked, each } from './subjects.ts';

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
  const standing = populate(stage, brief, lights, (x, depth) => {
    const row = [...rows].reverse().find((one) => one.depth >= depth - 0.01) ?? rows[0]!;
    return row.item.top(x);
  });
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

function backdrop(stage: Stage, brief: Brief, items: Item[]): void {
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

type Ground = (x: number, depth: number) => number;

function populate(stage: Stage, brief: Brief, lights: Light[], ground: Ground): Item[] {
  const { unit, width, side } = stage;
  const random = stage.random.fork('people');
  const items: Item[] = [];
  const hero = width * (0.5 + side * 0.2);
  const put = (subjectSide: number | null, x: number) =>
    subjectSide === null ? x : width * (0.5 + subjectSide * 0.27);
  for (const [index, subject] of each(asked(brief, 'lighthouse', 'windmill'))
    .slice(0, 5)
    .entries()) {
    const x = put(subject.side, hero - side * index * unit * 0.34);
    const depth = 1.2 + index * 0.35;
    const at = {
      x,
      y: ground(x, depth) + unit * 0.008,
      height: (Math.min(unit * 0.42, stage.horizon * 0.8) * stage.magnify(1)) / depth ** 0.6,
      depth,
    };
    if (subject.kind === 'windmill') items.push(...windmill(stage, at));
    else {
      items.push(...lighthouse(stage, at, subject.color ?? '#c0342c'));
      lights.push(...beacon(stage, { x, y: at.y - at.height * 0.88, height: at.height, depth }));
    }
  }
  for (const [index, subject] of each(asked(brief, 'house', 'church'))
    .slice(0, 12)
    .entries()) {
    const depth = 1.35 + (index % 3) * 0.5 + random.between(-0.05, 0.05);
    const x = put(
      subject.side,
      hero - side * ((index * 0.37) % 1.1) * unit * 0.8 + random.between(-0.03, 0.03) * unit,
    );
    items.push(
      house(
        stage,
        { x, y: ground(x, depth) + unit * 0.006, size: sized(stage, 0.2, depth), depth },
        subject.color,
        random.fork(`house ${index}`),
      ),
    );
  }
  const trees = each(asked(brief, 'tree', 'pine', 'palm'));
  const natural =
    brief.setting === 'desert'
      ? 0
      : brief.setting === 'forest'
        ? 16
        : brief.setting === 'mountains'
          ? 9
          : trees.length > 0
            ? 0
            : 3;
  const scatter = Array.from({ length: natural }, () => ({
    kind:
      brief.setting === 'mountains' || random.chance(brief.setting === 'forest' ? 0.5 : 0.1)
        ? 'pine'
        : 'tree',
    side: null,
  }));
  for (const [index, subject] of [...trees.slice(0, 40), ...scatter].entries()) {
    const chosen = index < trees.length;
    const depth =
      chosen && trees.length === 1
        ? 0.95
        : random.pick([2.4, 1.45, 1.2, 0.75, brief.setting === 'forest' ? 0.46 : 1.4]) *
          random.between(0.94, 1);
    // Trees frame the picture: few in the middle.
    const away = random.pick([-1, 1]) * random.between(0.16, 0.62);
    const x =
      chosen && trees.length === 1
        ? put(subject.side, hero)
        : width * (0.5 + (chosen ? away * 0.66 : away) * (depth < 1 ? 1.05 : 1));
    const size = sized(stage, subject.kind === 'pine' ? 0.4 : 0.36, depth) * random.between(0.8, 1.12);
    items.push(
      tree(
        stage,
        { x, y: ground(x, depth) + unit * 0.006, size: Math.min(size, unit * 0.8), depth },
        subject.kind,
        random,
      ),
    );
  }
  for (const subject of asked(brief, 'train').slice(0, 1))
    items.push(
      train(
        stage,
        {
          x: width * 0.8,
          y: ground(width / 2, 1.5) + unit * 0.002,
          size: sized(stage, 0.1, 1.6),
          depth: 1.51,
          way: side,
        },
        subject.color,
      ),
    );
  for (const [index, subject] of each(asked(brief, 'car', 'bus'))
    .slice(0, 5)
    .entries())
    items.push(
      car(
        stage,
        {
          x: width * (0.2 + 0.3 * index),
          y: groundAt(stage, 0.62),
          size: sized(stage, 0.16, 0.62),
          depth: 0.62,
          way: index % 2 ? -1 : 1,
          speed: 0.15,
        },
        subject,
        random.fork(`car ${index}`),
      ),
    );
  for (const [index] of each(asked(brief, 'lamp')).slice(0, 8).entries()) {
    const x = width * (0.14 + 0.2 * index);
    items.push(lamp(stage, { x, y: ground(x, 0.7), size: sized(stage, 0.24, 0.7), depth: 0.7, way: side }));
  }
  const beasts = each(asked(brief, 'sheep', 'dog')).slice(0, 24);
  for (const [index, subject] of beasts.entries()) {
    const depth = random.pick([1.4, 0.76, 0.7]) * random.between(0.93, 1);
    const x =
      width * (0.5 - side * 0.1) +
      (index - (beasts.length - 1) / 2) * Math.min(unit * 0.16, (width * 0.8) / beasts.length);
    items.push(
      animal(
        stage,
        {
          x,
          y: ground(x, depth) + unit * 0.012,
          size: sized(stage, 0.055, depth),
          depth,
          way: random.pick([-1, 1]),
        },
        subject.kind === 'dog' ? 'dog' : 'sheep',
        subject.color,
        random.fork(`beast ${index}`),
      ),
    );
  }
  const people = each(asked(brief, 'person')).slice(0, 16);
  for (const [index, subject] of people.entries()) {
    const depth = 0.455;
    const gap = Math.min(unit * 0.2, (width * 0.7) / people.length);
    const x = put(subject.side, width * 0.5 - side * width * 0.15 + (index - (people.length - 1) / 2) * gap);
    items.push(
      person(
        stage,
        {
          x,
          y: ground(x, depth) + unit * 0.03,
          size: sized(stage, 0.112, depth),
          depth,
          way: people.length > 1 ? random.pick([-1, 1]) : side,
        },
        subject.traits,
        subject.color,
        random.fork(`person ${index}`),
      ),
    );
  }
  return items;
}
