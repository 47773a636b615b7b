import type { Kind } from './kind.ts';

/** An exact fraction, for frame rates: 30000/1001. */
export interface Rational {
  num: number;
  den: number;
}

/** Facts about one sound stream. `duration` in seconds, `rate` in Hz. */
export interface AudioFacts {
  codec: string;
  rate: number;
  channels: number;
  duration: number;
}

/** Facts about a clip, as measured from the file. Durations in seconds, sizes in pixels after rotation, `bytes` of the file. */
export interface VideoFacts {
  kind: 'video';
  container: string;
  bytes: number;
  duration: number;
  frames: number;
  width: number;
  height: number;
  rate: Rational;
  codec: string;
  pixelFormat: string;
  /** Degrees clockwise that a player turns the picture: 0, 90, 180 or 270. */
  rotation: number;
  /** Frames do not stand at equal distances; `rate` is then their average. */
  variable?: true;
  /** Colour matrix as tagged: `bt709`, `smpte170m`; absent when the file says nothing. */
  matrix?: string;
  /** Transfer curve as tagged where it is one of high dynamic range: `smpte2084` (PQ), `arib-std-b67` (HLG). */
  transfer?: string;
  /** Clips of equal coding join by copying packets; absent where packets cannot be copied. */
  coding?: string;
  /** Of H.264 whose packets can also stand beside those of other codings: kind, number and digest of each parameter set, `s0 1f2e3d4c`.
   * Two codings join where no number stands for two different sets. */
  parameterSets?: readonly string[];
  audio: AudioFacts | null;
}

export interface ImageFacts {
  kind: 'image';
  container: string;
  bytes: number;
  width: number;
  height: number;
}

export interface SoundFacts {
  kind: 'audio';
  container: string;
  bytes: number;
  duration: number;
  audio: AudioFacts;
}

export interface TextFacts {
  kind: 'text';
  /** `text/plain`, `application/json`, `application/x-cube`. */
  container: string;
  bytes: number;
}

export type Facts = VideoFacts | ImageFacts | SoundFacts | TextFacts;

/** Facts that the planner predicts for work not done yet: whatever it cannot know is absent. */
export type Predicted = { kind: Kind } & Partial<Omit<VideoFacts, 'kind'>>;
