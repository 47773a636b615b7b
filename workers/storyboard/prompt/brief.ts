import type { Setting, Time, Weather } from '../scene/scene.ts';

export type SubjectKind =
  | 'lighthouse'
  | 'sailboat'
  | 'ship'
  | 'boat'
  | 'bird'
  | 'house'
  | 'tree'
  | 'pine'
  | 'palm'
  | 'person'
  | 'moon'
  | 'star'
  | 'sun'
  | 'bridge'
  | 'car'
  | 'bus'
  | 'lamp'
  | 'train'
  | 'windmill'
  | 'balloon'
  | 'church'
  | 'sheep'
  | 'dog';

/** A thing that the prompt names. */
export interface Subject {
  kind: SubjectKind;
  /** How many, 1 to 40. */
  count: number;
  /** `#rrggbb` of what is painted, when the prompt says. */
  color: string | null;
  /** -1 left, 0 middle, 1 right; null when the prompt does not say. */
  side: -1 | 0 | 1 | null;
  /** Where near and far are said. */
  distance: 'near' | 'far' | null;
  /** Words that change how it is drawn: `walking`, `child`, `woman`, `umbrella`, `flying`. */
  traits: string[];
}

/** What a prompt asks to see. */
export interface Brief {
  setting: Setting;
  time: Time;
  weather: Weather;
  subjects: Subject[];
  /** Nouns that the renderer cannot draw, as written, in order. */
  undrawn: string[];
}
