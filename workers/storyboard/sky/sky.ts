import type { Rgb } from '../color/space.ts';
import { createTexture, sample } from '../noise.ts';
import type { Stage } from '../scene/scene.ts';
import type { Disc } from './sun.ts';

/** The sky at a fraction of the frame's size, linear light, interleaved; `cell` frame pixels a sample. */
export interface SkyField {
  cell: number;
  columns: number;
  rows: number;
  data: Float32Array;
}

/** Paints the sky of a stage: gradient, glow round the disc, two drifting sheets of cloud. `shiftX` and `horizon` in frame pixels are the
 * camera's. The same field is returned every time. */
export function createSky(
  stage: Stage,
  disc: Disc,
): (time: number, shiftX: number, horizon: number) => SkyField {
  const cell = Math.max(2, Math.round(stage.unit / 200));
  const columns = Math.ceil(stage.width / cell) + 2;
  const rows = Math.ceil(stage.height / cell) + 2;
  const field: SkyField = { cell, columns, rows, data: new Float32Array(columns * rows * 3) };
  const random = stage.random.fork('sky');
  const coarse = createTexture(random, 256, 6, 4, 0.52);
  const fine = createTexture(random, 256, 5, 4, 0.55);
  const { palette, unit } = stage;
  const ramp = rampOf(palette.sky);
  const wind = random.pick([-1, 1]) * (stage.weather === 'storm' ? 14 : 4);
  const puffy = stage.time === 'day' && stage.weather !== 'fog';
  const stretchX = puffy ? 52 : 30;
  const stretchY = puffy ? 105 : 150;
  // No two clear skies are alike.
  const cover = Math.min(0.97, palette.cover * (stage.weather === 'clear' ? random.between(0.55, 1.3) : 1));
  const edge = 0.64 - cover * 0.42;
  const soft = puffy ? 0.12 : 0.26;
  const strength = stage.weather === 'fog' ? 0.25 : puffy ? 0.94 : 0.8;
  const [glowR, glowG, glowB] = palette.glow;
  const glowPower = palette.discAlpha * 0.85 + 0.15;
  const spread = disc.moon ? 0.05 : 0.11;

  return (time, shiftX, horizon) => {
    const { data } = field;
    let at = 0;
    for (let row = 0; row < rows; row++) {
      const elevation = Math.max(0, (horizon - row * cell) / unit);
      const stop = Math.min(ramp.length - 3, Math.floor(elevation * 200) * 3);
      const far = 1 / (elevation + 0.16);
      const v = far * stretchY;
      const fade = Math.min(1, elevation * 7);
      const dy = elevation - disc.elevation;
      const band = Math.exp(-elevation * 5);
      for (let column = 0; column < columns; column++) {
        const azimuth = (column * cell - shiftX - stage.width / 2) / unit;
        const dx = azimuth - disc.azimuth;
        const distance = dx * dx + dy * dy;
        const halo =
          glowPower *
          (0.75 * Math.exp(-distance / spread) +
            (disc.moon ? 0 : 0.4 * band * Math.exp((-dx * dx) / 0.5)) +
            0.02 / (distance * 14 + 0.02));
        const u = azimuth * far * stretchX + time * wind;
        const a = sample(coarse, u * 0.5, v * 0.5);
        const b = sample(fine, u * 1.7 - time * wind * 0.6, v * 1.7 + 31);
        const thickness = a * 0.72 + b * 0.28;
        let cloud = (thickness - edge) / soft;
        cloud = cloud <= 0 ? 0 : cloud >= 1 ? 1 : cloud * cloud * (3 - 2 * cloud);
        cloud *= fade * strength;
        // The edge that looks at the light is bright, the belly is dark.
        const towards = sample(
          coarse,
          u * 0.5 - 3.5 * (dx / (Math.abs(dx) + 0.25)),
          v * 0.5 + 3.5 * (dy / (Math.abs(dy) + 0.08)),
        );
        const bright = Math.min(
          1,
          Math.max(0, 0.5 + (thickness - towards) * (puffy ? 3.2 : 2.2) + halo * 0.5 - cloud * 0.22),
        );
        for (let part = 0; part < 3; part++) {
          const glow = part === 0 ? glowR : part === 1 ? glowG : glowB;
          const base = ramp[stop + part]! + glow * halo * 0.7;
          const dark = palette.cloudDark[part]!;
          const shade = dark + (palette.cloudLit[part]! + glow * halo * 0.8 - dark) * bright;
          data[at++] = base + (shade - base) * cloud;
        }
      }
    }
    return field;
  };
}

/** Colours at every 1/200 unit of elevation, eased between the stops in linear light. */
function rampOf(stops: readonly { at: number; color: Rgb }[]): Float32Array {
  const ramp = new Float32Array(3 * 700);
  for (let step = 0; step < 700; step++) {
    const at = step / 200;
    const upper = stops.findIndex((stop) => stop.at >= at);
    const next = stops[upper === -1 ? stops.length - 1 : upper]!;
    const before = stops[upper === -1 ? stops.length - 1 : Math.max(0, upper - 1)]!;
    const span = next.at - before.at;
    const amount = span > 0 ? (at - before.at) / span : 0;
    for (let part = 0; part < 3; part++)
      ramp[step * 3 + part] = before.color[part]! + (next.color[part]! - before.color[part]!) * amount;
  }
  return ramp;
}
