import { isHighRange } from '../../dsl/colours.ts';
import type { AudioFacts, VideoFacts } from '../../dsl/facts.ts';
import { codingOf, copyableVideo } from '../mp4/cuts.ts';
import type { Movie } from '../mp4/movie.ts';
import type { Described, DescribedStream } from './described.ts';
import type { FrameTiming } from './frame-timing.ts';

/** Facts of a clip from what ffprobe described and what was measured of its frames. */
export function videoFacts(
  described: Described,
  stream: DescribedStream,
  timing: FrameTiming,
  bytes: number,
  movie: Movie | null,
): VideoFacts {
  const rotation = rotationOf(stream);
  const coded = squarePixels(stream);
  const lying = rotation === 90 || rotation === 270;
  const copyable = movie && copyableVideo(movie);
  const square = coded.width === stream.width;
  return {
    kind: 'video',
    container: containerOf(described),
    bytes,
    duration: timing.duration,
    frames: timing.frames,
    width: lying ? coded.height : coded.width,
    height: lying ? coded.width : coded.height,
    rate: timing.rate,
    codec: stream.codec_name ?? 'unknown',
    pixelFormat: stream.pix_fmt ?? 'unknown',
    rotation,
    ...(timing.variable ? { variable: true as const } : {}),
    ...(stream.color_space && stream.color_space !== 'unknown' ? { matrix: stream.color_space } : {}),
    ...(isHighRange(stream.color_transfer) ? { transfer: stream.color_transfer } : {}),
    ...(copyable && square ? codingOf(copyable) : {}),
    audio: soundOf(described),
  };
}

/** The first sound stream, or null. */
export function soundOf(described: Described): AudioFacts | null {
  const stream = described.streams?.find(({ codec_type }) => codec_type === 'audio');
  const rate = Number(stream?.sample_rate);
  if (!stream || !(rate > 0)) return null;
  const duration = Number(stream.duration ?? described.format?.duration ?? 0);
  return {
    codec: stream.codec_name ?? 'unknown',
    rate,
    channels: stream.channels ?? 1,
    duration: Number.isFinite(duration) ? duration : 0,
  };
}

/** The first picture stream that is not a cover. */
export function pictureStream(described: Described): DescribedStream | null {
  return (
    described.streams?.find(
      ({ codec_type, disposition }) => codec_type === 'video' && disposition?.attached_pic !== 1,
    ) ?? null
  );
}

/** ffmpeg's name of a family of containers, shortened to the one people use. */
export function containerOf(described: Described): string {
  const names = (described.format?.format_name ?? 'unknown').split(',');
  return names.includes('mp4') ? 'mp4' : (names[0] ?? 'unknown');
}

/** Degrees clockwise, 0 to 270; ffprobe counts the other way round. */
function rotationOf(stream: DescribedStream): number {
  const turned = stream.side_data_list?.find(({ rotation }) => rotation !== undefined)?.rotation ?? 0;
  return (((Math.round(-turned / 90) * 90) % 360) + 360) % 360;
}

/** Size with square pixels: a DVD's 720×576 with 16:15 pixels is shown 768 wide. */
function squarePixels(stream: DescribedStream): { width: number; height: number } {
  const [width, height] = [stream.width ?? 0, stream.height ?? 0];
  const [across, down] = (stream.sample_aspect_ratio ?? '1:1').split(':').map(Number);
  if (!across || !down || across === down) return { width, height };
  return { width: Math.max(2, Math.round((width * across) / down / 2) * 2), height };
}
