import type { Lens } from '../optics/lens.ts';
import type { Brief } from '../prompt/brief.ts';
import type { Random } from '../random.ts';
import { city } from '../settings/city.ts';
import { countryside } from '../settings/countryside.ts';
import { waterside } from '../settings/waterside.ts';
import { precipitation } from '../weather/precipitation.ts';
import type { Scene, Setting } from './scene.ts';
import { setStage } from './stage.ts';

/** The scene that a brief asks for, in a frame, through a lens. */
export function compose(
  brief: Brief,
  frame: { width: number; height: number },
  lens: Lens,
  random: Random,
  open: number,
): Scene {
  const stage = setStage(brief, frame, lens, random);
  const scene = settings[brief.setting](stage, brief);
  scene.items.push(...precipitation(stage, open));
  return scene;
}

const settings: Readonly<Record<Setting, (stage: Scene['stage'], brief: Brief) => Scene>> = {
  sea: waterside,
  harbour: waterside,
  lake: waterside,
  river: waterside,
  beach: waterside,
  city,
  village: countryside,
  mountains: countryside,
  forest: countryside,
  plain: countryside,
  desert: countryside,
};
