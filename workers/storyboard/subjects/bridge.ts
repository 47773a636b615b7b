import type { Brief } from '../prompt/brief.ts';
import { paint, shine } from '../scene/light.ts';
import type { Item, Stage } from '../scene/scene.ts';
import { asked, each } from '../settings/subjects.ts';
import { car } from './car.ts';
import { train } from './train.ts';

/** A suspension bridge from side to side over the water, cars and trains on its deck. `y` is the row its piers stand on. */
export function bridge(stage: Stage, brief: Brief, at: { y: number; depth: number }): Item[] {
  const { unit, width, margin } = stage;
  const grown = stage.magnify(at.depth);
  const deck = at.y - unit * 0.075 * grown;
  const towers = [width / 2 - unit * 0.44 * grown, width / 2 + unit * 0.44 * grown];
  const tall = unit * 0.26 * grown;
  const color = asked(brief, 'bridge')[0]?.color ?? '#a8452f';
  const span = towers[1]! - towers[0]!;
  const cable = (x: number) => {
    const part = (x - towers[0]!) / span;
    const away = part < 0 ? -part : part > 1 ? part - 1 : 0;
    if (away > 0) return deck - tall * Math.max(0, 1 - away * 1.9) ** 1.25;
    return deck - tall * (0.06 + 0.94 * (2 * part - 1) ** 2);
  };
  const frame: Item = {
    depth: at.depth,
    still: true,
    waterline: at.y,
    box: {
      x: -margin,
      y: deck - tall * 1.12,
      width: width + 2 * margin,
      height: at.y - deck + tall * 1.12 + unit * 0.02,
    },
    draw: (pen) => {
      const steel = paint(stage, color, stage.front, at.depth);
      const lit = paint(stage, color, Math.min(1, stage.front + 0.4), at.depth);
      pen.strokeStyle = steel;
      pen.lineWidth = unit * 0.0011;
      pen.beginPath();
      for (let x = -margin; x < width + margin; x += unit * 0.016 * grown) {
        const y = cable(x);
        if (y > deck - unit * 0.003) continue;
        pen.moveTo(x, y);
        pen.lineTo(x, deck);
      }
      pen.stroke();
      pen.lineWidth = unit * 0.0042;
      pen.beginPath();
      for (let x = -margin; x <= width + margin; x += 3)
        x === -margin ? pen.moveTo(x, cable(x)) : pen.lineTo(x, cable(x));
      pen.stroke();
      for (const x of towers) {
        const half = unit * 0.011 * grown;
        pen.fillStyle = paint(stage, '#8b8580', stage.front * 0.8, at.depth);
        pen.fillRect(x - half * 2.4, at.y - unit * 0.022, half * 4.8, unit * 0.026);
        for (const [shift, wide] of [
          [-1, 0.8],
          [0.4, 0.8],
        ] as const) {
          pen.fillStyle = steel;
          pen.fillRect(
            x + half * shift * 1.3,
            deck - tall * 1.06,
            half * wide,
            tall * 1.06 + at.y - deck - unit * 0.018,
          );
          pen.fillStyle = lit;
          pen.fillRect(
            x + half * shift * 1.3 + (stage.sunSide > 0 ? half * wide * 0.7 : 0),
            deck - tall * 1.06,
            half * wide * 0.3,
            tall * 1.06 + at.y - deck - unit * 0.018,
          );
        }
        pen.fillStyle = steel;
        for (const row of [1.02, 0.72, 0.42])
          pen.fillRect(x - half * 1.3, deck - tall * row, half * 2.7, unit * 0.008);
        if (stage.palette.lamps) {
          pen.fillStyle = shine(stage, '#ff5a4a', at.depth);
          pen.fillRect(x - unit * 0.002, deck - tall * 1.085, unit * 0.004, unit * 0.004);
        }
      }
      pen.fillStyle = paint(stage, '#5d5a60', stage.front * 0.9, at.depth);
      pen.fillRect(-margin, deck - unit * 0.002, width + 2 * margin, unit * 0.014);
      pen.fillStyle = lit;
      pen.fillRect(-margin, deck - unit * 0.004, width + 2 * margin, unit * 0.003);
      if (stage.palette.lamps) {
        pen.fillStyle = shine(stage, '#ffe1a0', at.depth);
        for (let x = -margin; x < width + margin; x += unit * 0.075)
          pen.fillRect(x, deck - unit * 0.02, unit * 0.004, unit * 0.004);
      }
    },
  };
  const random = stage.random.fork('traffic');
  const traffic = each(asked(brief, 'car', 'bus'))
    .slice(0, 12)
    .map((subject, index) =>
      car(
        stage,
        {
          x: random.between(0, width),
          y: deck - unit * 0.001,
          size: unit * 0.058 * grown,
          depth: at.depth - 0.02,
          way: index % 2 ? -1 : 1,
          speed: random.between(0.07, 0.1),
        },
        subject,
        random.fork(`${index}`),
      ),
    );
  const trains = asked(brief, 'train')
    .slice(0, 1)
    .map((subject) =>
      train(
        stage,
        {
          x: width * (0.5 - stage.side * 0.12),
          y: deck - unit * 0.001,
          size: unit * 0.05 * grown,
          depth: at.depth - 0.02,
          way: -stage.side,
          waterline: at.y,
        },
        subject.color,
      ),
    );
  return [frame, ...traffic, ...trains];
}
