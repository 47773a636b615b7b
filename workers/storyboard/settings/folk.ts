import type { Brief } from '../prompt/brief.ts';
import type { Item, Stage } from '../scene/scene.ts';
import { groundAt, sized } from '../scene/stage.ts';
import { animal } from '../subjects/animal.ts';
import { car } from '../subjects/car.ts';
import { person } from '../subjects/person.ts';
import { lamp } from '../subjects/pier.ts';
import { train } from '../subjects/train.ts';
import { type Ground, placed } from './ground.ts';
import { asked, each } from './subjects.ts';

/** Who and what goes about on land: people, animals, cars, a train, lamps along the way. */
export function folk(stage: Stage, brief: Brief, ground: Ground): Item[] {
  return [
    ...machines(stage, brief, ground),
    ...beasts(stage, brief, ground),
    ...people(stage, brief, ground),
  ];
}

function machines(stage: Stage, brief: Brief, ground: Ground): Item[] {
  const { width, unit, side } = stage;
  const random = stage.random.fork('machines');
  const trains = asked(brief, 'train').slice(0, 1);
  const cars = each(asked(brief, 'car', 'bus')).slice(0, 5);
  const lamps = each(asked(brief, 'lamp')).slice(0, 8);
  return [
    ...trains.map((subject) => {
      const y = ground(width / 2, 1.5) + unit * 0.002;
      const at = { x: width * (0.5 + side * 0.2), y, size: sized(stage, 0.1, 1.6), depth: 1.49, way: side };
      return train(stage, at, subject.color);
    }),
    ...cars.map((subject, index) => {
      const x = width * (0.5 - side * 0.24 + 0.3 * index);
      const place = { x, y: groundAt(stage, 0.6), size: sized(stage, 0.15, 0.6), depth: 0.6 };
      const drive = { way: index % 2 ? -side : side, speed: 0.13 };
      return car(stage, { ...place, ...drive }, subject, random.fork(`car ${index}`));
    }),
    ...lamps.map((_, index) => {
      const x = width * (0.14 + 0.2 * index);
      return lamp(stage, { x, y: ground(x, 0.7), size: sized(stage, 0.24, 0.7), depth: 0.7, way: side });
    }),
  ];
}

function beasts(stage: Stage, brief: Brief, ground: Ground): Item[] {
  const { width, unit, side } = stage;
  const random = stage.random.fork('beasts');
  const named = each(asked(brief, 'sheep', 'dog')).slice(0, 24);
  const gap = Math.min(unit * 0.16, (width * 0.8) / Math.max(1, named.length));
  return named.map((subject, index) => {
    const dog = subject.kind === 'dog';
    const depth = dog ? 0.457 : random.pick([1.4, 0.76, 0.7]) * random.between(0.93, 1);
    const across = dog
      ? side * unit * 0.12 - side * width * 0.15 + index * gap
      : (index - (named.length - 1) / 2) * gap;
    const x = width * (0.5 - (dog ? 0 : side * 0.1)) + across;
    const y = ground(x, depth) + unit * (dog ? 0.03 : 0.012);
    const at = { x, y, size: sized(stage, 0.055, depth), depth, way: dog ? side : random.pick([-1, 1]) };
    return animal(stage, at, dog ? 'dog' : 'sheep', subject.color, random.fork(`beast ${index}`));
  });
}

function people(stage: Stage, brief: Brief, ground: Ground): Item[] {
  const { width, unit, side } = stage;
  const random = stage.random.fork('people');
  const named = each(asked(brief, 'person')).slice(0, 16);
  const gap = Math.min(unit * 0.2, (width * 0.7) / Math.max(1, named.length));
  return named.map((subject, index) => {
    const depth = 0.455;
    const across = width * (0.5 - side * 0.15) + (index - (named.length - 1) / 2) * gap;
    const x = placed(stage, subject.side, across);
    const way = named.length > 1 ? random.pick([-1, 1]) : side;
    const at = { x, y: ground(x, depth) + unit * 0.03, size: sized(stage, 0.112, depth), depth, way };
    return person(stage, at, subject.traits, subject.color, random.fork(`person ${index}`));
  });
}
