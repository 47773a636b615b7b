/** The samples (packets) of one track in decoding order, as parallel arrays: a film of two hours has half a million. */
export interface Samples {
  count: number;
  /** Byte position in the file. */
  offsets: Float64Array;
  sizes: Uint32Array;
  /** Ticks until the next sample is decoded. */
  durations: Uint32Array;
  /** Ticks from decoding to showing. */
  compositions: Int32Array;
  /** 1 where decoding can start. */
  keys: Uint8Array;
  /** Samples that lie beyond the end of the file: it was cut short. */
  beyond: number;
}

/** One stretch of a track that is played: `duration` in the movie's ticks, `start` in the track's (-1: nothing is played). */
export interface Edit {
  duration: number;
  start: number;
}

export interface Track {
  handler: 'video' | 'sound' | 'other';
  /** Ticks a second. */
  timescale: number;
  edits: Edit[];
  /** Transformation to the screen, 36 bytes of the track header. */
  matrix: Buffer;
  /** The one sample entry as it stands, header included; null when there are several. */
  entry: Buffer | null;
  samples: Samples;
}

/** The index (moov) of an MP4 or QuickTime file. */
export interface Movie {
  path: string;
  /** Ticks a second of the edits. */
  timescale: number;
  /** Has fragments (moof), whose samples are not in the index. */
  fragmented: boolean;
  tracks: Track[];
  /** The comment tag. */
  comment: string | null;
}
