import type { Pen } from '../canvas.ts';
import { css } from '../color/space.ts';
import type { Random } from '../random.ts';
import { lit } from '../scene/light.ts';
import type { Item, Stage } from '../scene/scene.ts';
import { drawFigure, type Look } from './figure.ts';

/** A figure seen from the side or behind, standing or walking: eight heads tall, in a coat, rimmed by the light. `size` is its height in
 * pixels, `way` where it looks. Walkers cross the frame and their feet do not slide. */
export function person(
  stage: Stage,
  at: { x: number; y: number; size: number; depth: number; way: number },
  traits: readonly string[],
  color: string | null,
  random: Random,
): Item {
  const child = traits.includes('child');
  const size = at.size * (child ? 0.66 : traits.includes('woman') ? 0.95 : random.between(0.96, 1.03));
  const walking = traits.includes('walking');
  const wet = stage.weather === 'rain' || stage.weather === 'storm';
  const cold = stage.weather === 'snow';
  const look: Look = {
    coat: color ?? random.pick(['#b8322f', '#d08a2c', '#2f5f78', '#4a3b6b', '#33604c', '#7d2f4a', '#c7b08a']),
    trousers: random.pick(['#2a2d3a', '#3b332f', '#26303c']),
    hair: random.pick(['#2a1c16', '#54331f', '#191619', '#8a5a2e']),
    skin: random.pick(['#d9a27e', '#b57a55', '#8a5638', '#e6b796']),
    scarf: random.pick(['#e8b93c', '#d9d0c0', '#5a8f9a']),
    long: traits.includes('woman') || random.chance(0.4),
    skirt: traits.includes('woman') && random.chance(0.5),
    hat: traits.includes('hat') || cold || random.chance(0.25),
    umbrella: traits.includes('umbrella') || wet,
  };
  const phase = random.between(0, 6.28);
  // A step is 0.42 of the height; two steps a turn of the legs.
  const cadence = child ? 1.15 : 0.92;
  const speed = walking ? at.way * size * 0.84 * cadence : 0;
  const range = stage.width + 2 * stage.margin;
  const where = (time: number) => {
    const raw = at.x + speed * time;
    return walking ? ((((raw + stage.margin) % range) + range) % range) - stage.margin : raw;
  };
  return {
    depth: at.depth,
    still: false,
    speed: walking ? size * 0.9 : size * 0.01,
    box: walking
      ? { x: -stage.margin, y: at.y - size * 1.4, width: range, height: size * 1.45 }
      : { x: at.x - size * 0.7, y: at.y - size * 1.4, width: size * 1.4, height: size * 1.45 },
    boxAt: (time) => ({
      x: where(time) - size * 0.7,
      y: at.y - size * 1.4,
      width: size * 1.4,
      height: size * 1.45,
    }),
    draw: (pen, time) => {
      const x = where(time);
      pen.save();
      pen.translate(x, at.y);
      drawShadow(pen, size);
      pen.scale(at.way * size, size);
      // The rim: the same figure a little towards the light, in the light's colour, behind the figure.
      const shift = (stage.sunSide * at.way * Math.max(1.1, size * 0.011)) / size;
      const turn = walking ? time * cadence * 2 * Math.PI + phase : null;
      const sway = time * 0.9 + phase;
      pen.save();
      pen.translate(shift, -shift * stage.sunSide * at.way * 0.35);
      drawFigure(pen, look, turn, sway, () => css(lit(stage, '#fff3e0', stage.front + 0.62, at.depth)));
      pen.restore();
      drawFigure(pen, look, turn, sway, (own, facing) =>
        css(lit(stage, own, stage.front * facing, at.depth)),
      );
      pen.restore();
    },
  };
}

function drawShadow(pen: Pen, size: number): void {
  pen.save();
  pen.scale(1, 0.14);
  const gradient = pen.createRadialGradient(0, 0, 0, 0, 0, size * 0.26);
  gradient.addColorStop(0, css([0, 0, 0.01], 0.42));
  gradient.addColorStop(1, css([0, 0, 0.01], 0));
  pen.fillStyle = gradient;
  pen.fillRect(-size * 0.3, -size * 0.3, size * 0.6, size * 0.6);
  pen.restore();
}
