import type { ImageFacts, VideoFacts } from '../../../dsl/facts.ts';

/** A face that was seen. */
export interface SeenFace {
  /** What it is known by: 128 numbers, their length 1. Null where it is too small to be known, or nobody asked. Never kept, printed or sent as it is. */
  known: Float32Array | null;
}

/** What was seen of a picture, or of frames of a clip. */
export interface Seen {
  faces: SeenFace[];
  /** There were more than are looked at. */
  more: boolean;
}

/** A picture or a clip to look at, whose bytes lie at `path`. */
export interface Sight {
  path: string;
  facts: ImageFacts | VideoFacts;
}

/** A picture that somebody gave, not known to be one. */
export interface Given {
  picture: Uint8Array;
}

/** Looks for faces; with `know` also at whose they may be. Throws a Failure for what cannot be read, PQL65x where the networks cannot be had. */
export type LookAtFaces = (
  sight: Sight | Given,
  options: { know: boolean; signal?: AbortSignal },
) => Promise<Seen>;
