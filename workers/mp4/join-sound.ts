import { soundSignature } from './entry.ts';
import type { Movie, Track } from './movie.ts';
import type { Reel } from './reel.ts';
import { leadOf } from './reel.ts';

/** Samples in one AAC packet. */
const packet = 1024;

/** Slowest rate at which half a packet (the largest error of a join) stays under 12 ms. */
const slowest = 44_100;

/** Joins clips' AAC sound packet by packet, or null where it must be decoded.
 *
 * A packet cannot be cut, so each clip's sound begins on the nearest packet of the film's: at most half a packet (10.7 ms at 48 kHz)
 * beside its picture, and never more however many clips there are. A clip begins with its priming packet, which codes silence before
 * its first sample; it stands in the place of the last packet of the clip before. The decoder's overlap then fades the old clip out
 * over one packet, and the new one begins exact. `starts` are the clips' first samples in the film (the last is its end) in seconds. */
export function joinSound(movies: readonly Movie[], starts: readonly number[]): Reel | null {
  const tracks = movies.map(plainSound);
  const first = tracks[0];
  if (!first?.entry) return null;
  const signature = soundSignature(first.entry);
  if (signature === null || first.timescale < slowest) return null;
  const rate = first.timescale;
  const lead = leadOf(first);
  const places = starts.map((seconds, index) => {
    const own = index < tracks.length ? leadOf(tracks[index] ?? first) : lead;
    return Math.round((lead + seconds * rate - own) / packet);
  });
  const shown = Math.round((starts.at(-1) ?? 0) * rate);
  const cuttings = [];
  for (const [index, track] of tracks.entries()) {
    if (!track?.entry || track.timescale !== rate || soundSignature(track.entry) !== signature) return null;
    const last = index === tracks.length - 1;
    const end = last ? Math.ceil((lead + shown) / packet) : (places[index + 1] ?? 0);
    const count = end - (places[index] ?? 0);
    if (count <= 0 || count > track.samples.count) return null;
    cuttings.push({ path: movies[index]!.path, track, from: 0, to: count });
  }
  return {
    handler: 'sound',
    timescale: rate,
    entry: first.entry,
    width: 0,
    height: 0,
    cuttings,
    tick: packet,
    lead,
    shown,
  };
}

/** The sound track of a movie if it is whole packets with a known priming of at least one. */
function plainSound(movie: Movie): Track | null {
  const tracks = movie.tracks.filter(({ handler }) => handler === 'sound');
  const track = tracks[0];
  if (!track || tracks.length !== 1 || movie.fragmented || track.edits.length !== 1) return null;
  const { durations, count, beyond } = track.samples;
  if (beyond > 0 || leadOf(track) < packet) return null;
  for (let index = 0; index < count - 1; index++) if (durations[index] !== packet) return null;
  return track;
}
