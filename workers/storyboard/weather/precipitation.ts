import { css, mix } from '../color/space.ts';
import type { Item, Stage } from '../scene/scene.ts';

/** Rain or snow between us and the scene, near and far; `open` seconds of shutter draw rain as streaks. Lightning in a storm. */
export function precipitation(stage: Stage, open: number): Item[] {
  if (stage.weather === 'rain') return [fall(stage, 'far', open, true), fall(stage, 'near', open, true)];
  if (stage.weather === 'storm')
    return [lightning(stage), fall(stage, 'far', open, true), fall(stage, 'near', open, true)];
  if (stage.weather === 'snow') return [fall(stage, 'far', open, false), fall(stage, 'near', open, false)];
  return [];
}

function fall(stage: Stage, layer: 'near' | 'far', open: number, rain: boolean): Item {
  const { width, height, unit } = stage;
  const random = stage.random.fork(`fall ${layer}`);
  const near = layer === 'near';
  const storm = stage.weather === 'storm' ? 1.5 : 1;
  const count = Math.round((rain ? (near ? 150 : 330) : near ? 130 : 420) * storm * (width / unit));
  const wind = (rain ? -0.16 : -0.05) * storm * random.pick([-1, 1]);
  const drops = Array.from({ length: count }, () => ({
    x: random.next(),
    y: random.next(),
    speed: random.between(0.8, 1.25),
    size: random.between(0.6, 1.4),
    sway: random.between(0, 6.28),
  }));
  const reach = height * 1.2;
  const wide = width * 1.3;
  const speed = (rain ? (near ? 1.9 : 1.25) : near ? 0.13 : 0.075) * unit;
  const tint = rain ? mix(stage.palette.cloudLit, [0.8, 0.86, 0.95], 0.35) : ([0.93, 0.95, 1] as const);
  const bright = stage.time === 'night' ? 0.55 : 1;
  const color = css(
    [tint[0] * bright, tint[1] * bright, tint[2] * bright],
    rain ? (near ? 0.3 : 0.17) : near ? 0.85 : 0.7,
  );
  return {
    depth: near ? 0.9 : 1.1,
    still: false,
    fixed: true,
    box: { x: 0, y: 0, width, height },
    draw: (pen, time) => {
      pen.strokeStyle = color;
      pen.fillStyle = color;
      pen.lineCap = 'round';
      pen.lineWidth = unit * (near ? 0.0019 : 0.0012);
      pen.beginPath();
      for (const drop of drops) {
        const fallen = drop.y * reach + time * speed * drop.speed;
        const y = (fallen % reach) - height * 0.1;
        const lap = Math.floor(fallen / reach);
        // Each fall starts elsewhere, so that no drop is seen twice in one place.
        const start = (drop.x + lap * 0.618) % 1;
        const sway = rain ? 0 : Math.sin(time * 0.9 + drop.sway) * unit * 0.012;
        const x = start * wide - width * 0.15 + wind * (y + height * 0.1) + sway;
        if (rain) {
          const long = Math.max(unit * 0.012, speed * drop.speed * Math.min(open, 1 / 12));
          pen.moveTo(x, y);
          pen.lineTo(x - wind * long, y - long);
        } else {
          const size = unit * (near ? 0.0042 : 0.0021) * drop.size;
          pen.moveTo(x + size, y);
          pen.arc(x, y, size, 0, 6.3);
        }
      }
      if (rain) pen.stroke();
      else pen.fill();
    },
  };
}

/** A flash now and then, sudden up, slow down. */
function lightning(stage: Stage): Item {
  const random = stage.random.fork('lightning');
  const first = random.between(0.6, 2);
  const every = random.between(4.2, 6.5);
  return {
    depth: 20,
    still: false,
    fixed: true,
    box: { x: 0, y: 0, width: stage.width, height: stage.height },
    draw: (pen, time) => {
      const since = (((time - first) % every) + every) % every;
      const power = time < first ? 0 : Math.exp(-since * 7) + 0.6 * Math.exp(-Math.abs(since - 0.16) * 16);
      if (power < 0.02) return;
      const flash = pen.createLinearGradient(0, 0, 0, stage.horizon * 1.2);
      flash.addColorStop(0, css([0.7, 0.74, 0.95], Math.min(0.75, power * 0.6)));
      flash.addColorStop(1, css([0.7, 0.74, 0.95], 0));
      pen.fillStyle = flash;
      pen.fillRect(0, 0, stage.width, stage.height);
    },
  };
}
