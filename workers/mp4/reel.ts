import type { Track } from './movie.ts';

/** Samples [from, to) of a track of a file that is there. */
export interface Cutting {
  path: string;
  track: Track;
  from: number;
  to: number;
}

/** A track to be written: cuttings one after another, each sample's bytes copied as they are. */
export interface Reel {
  handler: 'video' | 'sound';
  timescale: number;
  /** Sample entry, header included. */
  entry: Buffer;
  /** Pixels; 0 for sound. */
  width: number;
  height: number;
  cuttings: readonly Cutting[];
  /** Ticks of every sample. */
  tick: number;
  /** Ticks before what is shown: decoder delay of pictures, priming of sound. */
  lead: number;
  /** Ticks that are shown. */
  shown: number;
}

/** A reel's samples, laid out for writing. */
export interface Strip {
  reel: Reel;
  count: number;
  /** Index into `paths` for each sample. */
  files: Uint32Array;
  offsets: Float64Array;
  sizes: Uint32Array;
  compositions: Int32Array;
  keys: Uint8Array;
}

/** Unrolls reels into samples; `paths` lists each file once. */
export function unroll(reels: readonly Reel[]): { strips: Strip[]; paths: string[] } {
  const paths = [...new Set(reels.flatMap((reel) => reel.cuttings.map((cutting) => cutting.path)))];
  return { paths, strips: reels.map((reel) => unrollOne(reel, paths)) };
}

function unrollOne(reel: Reel, paths: readonly string[]): Strip {
  const count = reel.cuttings.reduce((sum, cutting) => sum + cutting.to - cutting.from, 0);
  const strip: Strip = {
    reel,
    count,
    files: new Uint32Array(count),
    offsets: new Float64Array(count),
    sizes: new Uint32Array(count),
    compositions: new Int32Array(count),
    keys: new Uint8Array(count),
  };
  let at = 0;
  for (const { path, track, from, to } of reel.cuttings) {
    const { samples } = track;
    strip.files.fill(paths.indexOf(path), at, at + to - from);
    strip.offsets.set(samples.offsets.subarray(from, to), at);
    strip.sizes.set(samples.sizes.subarray(from, to), at);
    strip.keys.set(samples.keys.subarray(from, to), at);
    if (reel.handler === 'video') {
      // Pictures: composition is counted in frames, so that tracks of other timescales and delays fit.
      const [duration, start] = [samples.durations[from] ?? 1, leadOf(track)];
      for (let index = from; index < to; index++) {
        const frames = ((samples.compositions[index] ?? 0) - start) / duration;
        strip.compositions[at + index - from] = Math.round(frames * reel.tick) + reel.lead;
      }
    }
    at += to - from;
  }
  return strip;
}

/** Ticks of a track before what is shown. */
export function leadOf(track: Track): number {
  return track.edits.length === 1 ? Math.max(0, track.edits[0]?.start ?? 0) : 0;
}
