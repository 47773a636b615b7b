import type { Pen } from '../canvas.ts';
import type { Rgb } from '../color/space.ts';
import type { Random } from '../random.ts';
import type { Palette } from './palette.ts';

export type Setting =
  | 'sea'
  | 'harbour'
  | 'lake'
  | 'river'
  | 'beach'
  | 'city'
  | 'village'
  | 'mountains'
  | 'forest'
  | 'plain'
  | 'desert';
export type Time = 'dawn' | 'day' | 'dusk' | 'night';
export type Weather = 'clear' | 'cloudy' | 'fog' | 'rain' | 'snow' | 'storm';

/** A rectangle in stage pixels. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A rigid movement, stage pixels and radians, about the item's pivot. */
export interface Pose {
  dx: number;
  dy: number;
  turn: number;
}

/** Something to draw, in stage pixels: those of the frame while the camera rests. */
export interface Item {
  /** Distance in hero distances: 1 is where the lens is focused, 30 the far hills, 0.5 the railing before us. */
  depth: number;
  /** Whether `draw` ignores time: drawn once and kept as a picture. */
  still: boolean;
  /** Everything that `draw` may touch, at any time. */
  box: Box;
  draw(pen: Pen, time: number): void;
  /** Where it is at a moment, when that is much less than `box`: smears cost by their size. */
  boxAt?(time: number): Box;
  /** Drawn in the frame's pixels, whatever the camera does: rain and flashes. */
  fixed?: boolean;
  /** How a still picture moves about `pivot`. */
  pose?(time: number): Pose;
  pivot?: { x: number; y: number };
  /** Pixels a second that the fastest part of `draw` moves, for motion blur; 0 when absent. */
  speed?: number;
  /** Height of the water line that it is mirrored about; absent when nothing of it is seen in the water. */
  waterline?: number;
  /** Whether it stands beyond the water's far edge. */
  beyond?: boolean;
}

/** Where things are put: sizes in pixels, derived from the frame and the lens. */
export interface Stage {
  width: number;
  height: number;
  /** The frame's height at 16:9; sizes are given in it. */
  unit: number;
  /** Row of the horizon. */
  horizon: number;
  /** Extra width beyond each side of the frame that the camera may show. */
  margin: number;
  palette: Palette;
  weather: Weather;
  time: Time;
  /** -1 or 1: which side the hero stands on. */
  side: number;
  /** How much light falls on what is turned to us (0 to 1), and the side that the sun or moon stands on (-1 or 1). */
  front: number;
  sunSide: number;
  /** How much larger things at a depth look through this lens than through 35 mm. */
  magnify(depth: number): number;
  random: Random;
}

/** Water as a plane from its far edge to the bottom of the frame. */
export interface Water {
  /** Row of the far edge. */
  top: number;
  /** 0 glassy to 1 stormy. */
  roughness: number;
  /** Colour looking down into it. */
  deep: Rgb;
}

/** Light in the air, added to the frame's light without steps: a halo, a beam. */
export interface Light {
  x: number;
  y: number;
  depth: number;
  /** Adds itself at a place of the frame, enlarged by `scale`. */
  add(
    frame: Float32Array,
    width: number,
    height: number,
    x: number,
    y: number,
    scale: number,
    time: number,
  ): void;
}

export interface Scene {
  stage: Stage;
  water: Water | null;
  /** Far to near. */
  items: Item[];
  lights: Light[];
}
