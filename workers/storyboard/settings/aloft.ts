import type { Brief } from '../prompt/brief.ts';
import type { Item, Stage } from '../scene/scene.ts';
import { balloon } from '../subjects/balloon.ts';
import { flock } from '../subjects/bird.ts';
import { asked, each } from './subjects.ts';

/** What flies: birds where asked, balloons. */
export function aloft(stage: Stage, brief: Brief): Item[] {
  const random = stage.random.fork('aloft');
  const items: Item[] = [];
  for (const [index, subject] of each(asked(brief, 'balloon')).slice(0, 12).entries()) {
    const spread = ((index * 0.618 + random.next() * 0.3) % 1) - 0.5;
    const depth = 2 + index * 1.1;
    const size = Math.min(stage.horizon * 0.55, (stage.unit * 0.3 * stage.magnify(2)) / (1 + index * 0.35));
    items.unshift(
      balloon(
        stage,
        {
          x: stage.width * (0.5 + (subject.side ?? 0) * 0.25 + spread * 0.66),
          y: Math.max(size * 1.12, stage.horizon * random.between(0.42, 0.74)),
          size,
          depth,
        },
        subject.color,
        random,
      ),
    );
  }
  for (const subject of asked(brief, 'bird'))
    items.push(
      flock(
        stage,
        {
          x: stage.width * (0.5 + (subject.side ?? stage.side) * 0.16),
          y: stage.horizon * random.between(0.34, 0.5),
          depth: 1.5,
          spread: Math.min(stage.width * 0.36, stage.unit * (0.16 + 0.035 * subject.count)),
        },
        subject.count,
        subject.color,
      ),
    );
  return items;
}
