import type { Stage } from '../scene/scene.ts';

/** Where the sun or the moon stands: `azimuth` and `elevation` in units from the middle of the horizon, `radius` in units. */
export interface Disc {
  azimuth: number;
  elevation: number;
  radius: number;
  moon: boolean;
}

/** The disc of a stage: across from the hero, so that the picture balances. */
export function placeDisc(stage: Stage, asked: { sun: boolean; moon: boolean }): Disc {
  const random = stage.random.fork('disc');
  const moon = stage.time === 'night' || (asked.moon && !asked.sun);
  const low = stage.palette.elevation < 0.2;
  const reach = (stage.width / stage.unit) * (low ? 0.16 : 0.26);
  const room = stage.horizon / stage.unit;
  const elevation = moon && stage.time !== 'night' ? 0.5 : stage.palette.elevation;
  return {
    azimuth: -stage.side * reach * random.between(0.45, 1),
    elevation: Math.min(elevation * random.between(0.9, 1.25), room * 0.8),
    radius: (moon ? 0.042 : low ? 0.04 : 0.045) * stage.magnify(40),
    moon,
  };
}
