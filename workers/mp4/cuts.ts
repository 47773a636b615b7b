import type { Rational, VideoFacts } from '../../dsl/facts.ts';
import { avcOf } from './avc.ts';
import { digestOf, essentialEntry } from './entry.ts';
import type { Movie, Track } from './movie.ts';
import { isJoinable, parameterSets } from './parameter-sets.ts';
import { leadOf } from './reel.ts';

/** A video track whose packets can be joined and cut: constant rate, shown whole from its first frame on, upright. */
export interface CopyableVideo {
  track: Track;
  entry: Buffer;
  rate: Rational;
  frames: number;
}

/** The picture track of a movie, if its packets can be copied frame-exactly. */
export function copyableVideo(movie: Movie): CopyableVideo | null {
  const tracks = movie.tracks.filter(({ handler }) => handler === 'video');
  const track = tracks[0];
  if (!track?.entry || tracks.length !== 1 || movie.fragmented) return null;
  const { samples, timescale } = track;
  const { count, durations, compositions } = samples;
  const tick = durations[0] ?? 0;
  if (count === 0 || samples.beyond > 0 || tick === 0 || timescale === 0 || !isUpright(track.matrix))
    return null;
  // The last sample's duration is often a guess of whoever wrote the file.
  for (let index = 1; index < count - 1; index++) if (durations[index] !== tick) return null;
  if (track.edits.length > 1 || (track.edits[0]?.start ?? 0) < 0) return null;
  const lead = leadOf(track);
  if (!showsEveryFrameOnce(compositions, count, tick, lead)) return null;
  if (!isShownWhole(movie, track, count * tick)) return null;
  const entry = essentialEntry(track.entry);
  const shared = greatestDivisor(timescale, tick);
  const rate = { num: timescale / shared, den: tick / shared };
  return { track, entry, rate, frames: count };
}

/** What a clip's facts say of its coding, by its essential entry. */
export function codingOf({
  entry,
}: Pick<CopyableVideo, 'entry'>): Pick<VideoFacts, 'coding' | 'parameterSets'> {
  const avc = avcOf(entry);
  return {
    coding: digestOf(entry),
    ...(avc && isJoinable(avc) ? { parameterSets: parameterSets(avc) } : {}),
  };
}

/** Frame numbers at which the track can be cut without encoding: decoding can start there, and everything before is shown before.
 * The end of the track is one. */
export function cleanCuts(track: Track): number[] {
  const { count, durations, compositions, keys } = track.samples;
  const [tick, lead] = [durations[0] ?? 1, leadOf(track)];
  const cuts: number[] = [];
  let highest = -1;
  for (let index = 0; index < count; index++) {
    const shown = index + Math.round(((compositions[index] ?? 0) - lead) / tick);
    // As many frames before it as samples before it: none of them is shown later, none after it earlier.
    if (keys[index] && shown === index && highest === index - 1) cuts.push(index);
    highest = Math.max(highest, shown);
  }
  return [...cuts, count];
}

/** Every frame number from 0 on is shown by exactly one sample. */
function showsEveryFrameOnce(compositions: Int32Array, count: number, tick: number, lead: number): boolean {
  const seen = new Uint8Array(count);
  for (let index = 0; index < count; index++) {
    const frame = index + ((compositions[index] ?? 0) - lead) / tick;
    if (!Number.isInteger(frame) || frame < 0 || frame >= count || seen[frame]) return false;
    seen[frame] = 1;
  }
  return true;
}

/** The edit, if any, plays to the end, give or take the rounding of the movie's coarser clock. */
function isShownWhole(movie: Movie, track: Track, ticks: number): boolean {
  const edit = track.edits[0];
  if (!edit || edit.duration === 0) return true;
  const tick = track.samples.durations[0] ?? 0;
  return edit.duration / movie.timescale > (ticks - tick / 2) / track.timescale - 1 / movie.timescale;
}

function isUpright(matrix: Buffer): boolean {
  return (
    matrix.length === 36 &&
    matrix.readInt32BE(0) === 0x10000 &&
    matrix.readInt32BE(4) === 0 &&
    matrix.readInt32BE(12) === 0
  );
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
