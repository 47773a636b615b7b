import type { Brief } from '../prompt/brief.ts';
import type { Item, Scene, Stage } from '../scene/scene.ts';
import { sized } from '../scene/stage.ts';
import { animal } from '../subjects/animal.ts';
import { car } from '../subjects/car.ts';
import { hills } from '../subjects/hills.ts';
import { mist } from '../subjects/mist.ts';
import { person } from '../subjects/person.ts';
import { lamp } from '../subjects/pier.ts';
import { skyline } from '../subjects/skyline.ts';
import { street } from '../subjects/street.ts';
import { train } from '../subjects/train.ts';
import { tree } from '../subjects/tree.ts';
import { aloft } from './aloft.ts';
import { asked, each, has } from './subjects.ts';
import { waterside } from './waterside.ts';

/** A city: towers behind towers, a street before us with cars, lamps and people. With boats or a bridge it lies at a river. */
export function city(stage: Stage, brief: Brief): Scene {
  if (has(brief, 'boat', 'sailboat', 'ship', 'bridge')) {
    const subjects = [...brief.subjects];
    const one = subjects[0]!;
    subjects[0] = { ...one, traits: [...one.traits, 'skyline'] };
    return waterside(stage, { ...brief, setting: 'sea', subjects });
  }
  const { unit, width } = stage;
  const random = stage.random.fork('city');
  const base = stage.horizon + unit * 0.1;
  const items: Item[] = [];
  if (random.chance(0.5))
    items.push(
      hills(stage, 'behind', {
        base: stage.horizon,
        rise: unit * 0.2,
        depth: 30,
        color: '#5d6a7c',
        below: unit * 0.1,
      }),
    );
  items.push(...skyline(stage, { base: stage.horizon, size: 0.26, depth: 9, below: unit * 0.1 }));
  items.push(
    mist(stage, 'smog', {
      y: stage.horizon + unit * 0.02,
      height: unit * 0.16,
      depth: 8,
      power: stage.weather === 'fog' ? 0.9 : 0.4,
    }),
  );
  items.push(...aloft(stage, brief));
  const grown = stage.magnify(2);
  for (const subject of asked(brief, 'train').slice(0, 1))
    items.push(
      train(
        stage,
        { x: width * 0.7, y: base - unit * 0.05, size: unit * 0.06 * grown, depth: 4, way: stage.side },
        subject.color,
      ),
    );
  const ground = street(stage, base);
  items.push(...ground.row, ground.road);
  for (let index = 0; index < 9; index++) {
    const x = width * (-0.24 + index * 0.185) + random.between(-0.02, 0.02) * width;
    if (random.chance(0.72))
      items.push(
        tree(
          stage,
          { x, y: base + unit * 0.018, size: unit * random.between(0.13, 0.18) * grown, depth: 1.3 },
          'tree',
          random,
        ),
      );
  }
  const lamps = Math.max(5, each(asked(brief, 'lamp')).length);
  for (let index = 0; index < lamps; index++)
    items.push(
      lamp(stage, {
        x: width * (-0.1 + (1.2 * (index + 0.35)) / lamps),
        y: base + unit * 0.035,
        size: unit * 0.25 * grown,
        depth: 1.1,
        way: stage.side,
      }),
    );
  const cars = each(asked(brief, 'car', 'bus')).slice(0, 10);
  for (const [index, subject] of cars.entries()) {
    const lane = index % 2;
    items.push(
      car(
        stage,
        {
          x: width * (0.24 + 0.41 * index),
          y: base + unit * (lane ? 0.145 : 0.08),
          size: unit * (lane ? 0.27 : 0.2) * stage.magnify(0.8),
          depth: lane ? 0.75 : 0.95,
          way: lane ? stage.side : -stage.side,
          speed: 0.2 + random.between(-0.03, 0.03),
        },
        subject,
        random.fork(`car ${index}`),
      ),
    );
  }
  items.sort((a, b) => b.depth - a.depth);
  items.push(ground.kerb);
  const people = each(asked(brief, 'person')).slice(0, 16);
  const gap = Math.min(unit * 0.24, (width * 0.8) / Math.max(1, people.length));
  for (const [index, subject] of people.entries()) {
    const x =
      width * 0.5 +
      (index - (people.length - 1) / 2) * gap +
      (people.length === 1 ? -stage.side * width * 0.16 : 0);
    const traits = subject.traits.includes('standing') ? subject.traits : [...subject.traits, 'walking'];
    items.push(
      person(
        stage,
        {
          x: subject.side ? width * (0.5 + subject.side * 0.28) : x,
          y: ground.floor + random.between(0, 0.03) * unit,
          size: sized(stage, 0.118, 0.42),
          depth: 0.42,
          way: random.pick([-1, 1]),
        },
        traits,
        subject.color,
        random.fork(`person ${index}`),
      ),
    );
  }
  for (const [index, subject] of each(asked(brief, 'dog', 'sheep'))
    .slice(0, 6)
    .entries())
    items.push(
      animal(
        stage,
        {
          x: width * (0.35 + 0.12 * index),
          y: ground.floor + unit * 0.02,
          size: sized(stage, 0.05, 0.42),
          depth: 0.42,
          way: stage.side,
        },
        subject.kind === 'dog' ? 'dog' : 'sheep',
        subject.color,
        random.fork(`beast ${index}`),
      ),
    );
  return { stage, water: null, items, lights: [] };
}
