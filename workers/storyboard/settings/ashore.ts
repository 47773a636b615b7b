import type { Brief } from '../prompt/brief.ts';
import type { Item, Stage } from '../scene/scene.ts';
import { sized } from '../scene/stage.ts';
import { animal } from '../subjects/animal.ts';
import { bank } from '../subjects/bank.ts';
import { car } from '../subjects/car.ts';
import { person } from '../subjects/person.ts';
import { lamp, pier } from '../subjects/pier.ts';
import { quay } from '../subjects/quay.ts';
import { asked, each, has } from './subjects.ts';

/** Ground before us at the water: a quay for cars and lamps, a landing for a few people, sand on a beach, reeds else. */
export function ashore(stage: Stage, brief: Brief): Item[] {
  const people = each(asked(brief, 'person')).slice(0, 16);
  const lamps = each(asked(brief, 'lamp')).slice(0, 8);
  const cars = has(brief, 'bridge') ? [] : each(asked(brief, 'car', 'bus')).slice(0, 6);
  const beasts = each(asked(brief, 'dog', 'sheep')).slice(0, 8);
  const random = stage.random.fork('ashore');
  const items: Item[] = [];
  const wide =
    cars.length > 0 ||
    people.length > 3 ||
    people.some((one) => one.traits.includes('walking')) ||
    brief.setting === 'beach';
  if (people.length + lamps.length + cars.length + beasts.length === 0) {
    if (brief.setting === 'beach') return bank(stage, 'sand').items;
    if (brief.setting === 'lake' || brief.setting === 'river') return bank(stage, 'reeds').items;
    return brief.setting === 'harbour' && random.chance(0.7) ? pier(stage, -stage.side, 0.42).behind : [];
  }
  const soft =
    brief.setting === 'beach'
      ? 'sand'
      : brief.setting === 'lake' || brief.setting === 'river'
        ? 'grass'
        : null;
  const ground =
    soft && cars.length === 0 ? bank(stage, soft) : wide ? quay(stage) : pier(stage, -stage.side, 0.42);
  items.push(...ground.behind);
  const span = ground.to - ground.from;
  const visible = (x: number) => Math.min(stage.width * 0.94, Math.max(stage.width * 0.06, x));
  for (const [index] of lamps.entries()) {
    const x = visible(ground.from + (span * (index + 0.5)) / lamps.length);
    items.push(
      lamp(stage, {
        x,
        y: ground.floor - stage.unit * 0.01,
        size: stage.unit * 0.34 * stage.magnify(0.5),
        depth: 0.44,
        way: stage.side,
      }),
    );
  }
  for (const [index, subject] of cars.entries())
    items.push(
      car(
        stage,
        {
          x: stage.width * (0.2 + 0.3 * index),
          y: ground.floor + stage.unit * 0.012,
          size: stage.unit * 0.3 * stage.magnify(0.5),
          depth: 0.42,
          way: index % 2 ? -1 : 1,
          speed: 0.16,
        },
        subject,
        random.fork(`car ${index}`),
      ),
    );
  const middle = Math.min(
    stage.width * 0.8,
    Math.max(stage.width * 0.2, stage.width / 2 - stage.side * stage.width * 0.2),
  );
  for (const [index, subject] of people.entries()) {
    const gap = Math.min(stage.unit * 0.17, (stage.width * 0.7) / people.length);
    const at =
      subject.side === null
        ? middle + (index - (people.length - 1) / 2) * gap
        : stage.width * (0.5 + subject.side * 0.3);
    items.push(
      person(
        stage,
        {
          x: visible(at + random.between(-0.1, 0.1) * gap),
          y: ground.floor + random.between(0, 0.02) * stage.unit,
          size: sized(stage, 0.115, 0.42),
          depth: 0.42,
          way: people.length > 1 ? random.pick([-1, 1]) : stage.side,
        },
        subject.traits,
        subject.color,
        random.fork(`person ${index}`),
      ),
    );
  }
  for (const [index, subject] of beasts.entries())
    items.push(
      animal(
        stage,
        {
          x: visible(middle + stage.side * stage.unit * (0.16 + 0.14 * index)),
          y: ground.floor + stage.unit * 0.015,
          size: sized(stage, 0.05, 0.42),
          depth: 0.42,
          way: stage.side,
        },
        subject.kind === 'dog' ? 'dog' : 'sheep',
        subject.color,
        random.fork(`beast ${index}`),
      ),
    );
  items.push(...ground.before);
  return items;
}
