import { open, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Facts, TextFacts } from '../../dsl/facts.ts';
import { Failure } from '../../engine/failure.ts';
import type { Prober } from '../../engine/prober.ts';
import { readMovie } from '../mp4/read.ts';
import { readCube } from './cube.ts';
import { type Described, packetReader } from './described.ts';
import { runFfprobe } from './ffprobe.ts';
import { frameTiming, readRate } from './frame-timing.ts';
import { mediaLimits } from './limits.ts';
import { movieTiming } from './movie-timing.ts';
import { pictureFacts } from './picture-facts.ts';
import { describeArguments, packetArguments } from './probe-arguments.ts';
import { refuseFile, refuseMedia } from './refuse.ts';
import { sniff } from './sniff.ts';
import type { MediaTools } from './tools.ts';
import { containerOf, pictureStream, soundOf, videoFacts } from './video-facts.ts';

/** Measures media with ffprobe, and MP4 files by their index. Whatever the file says about other files is not followed. */
export function createProber(tools: MediaTools): Prober {
  return {
    probe: (path, signal) => probe(tools, path, signal),
    recipe: (path, signal) => recipe(tools, path, signal),
  };
}

async function probe(tools: MediaTools, path: string, signal?: AbortSignal): Promise<Facts> {
  signal?.throwIfAborted();
  const bytes = await sizeOf(path);
  const sniffed = sniff(await headOf(path));
  if (sniffed.is === 'picture') return pictureFacts(path, sniffed.container, bytes);
  refuseFile(sniffed, extname(path).toLowerCase());
  if (sniffed.is === 'text') return textFacts(path, bytes);
  const described = await describe(tools, path, signal);
  const stream = pictureStream(described);
  refuseMedia(described, stream);
  if (!stream) return soundFacts(described, bytes);
  const movie = await readMovie(path);
  const timing = (movie && movieTiming(movie)) ?? (await timingOf(tools, path, stream, signal));
  const facts = videoFacts(described, stream, timing, bytes, movie);
  refuseMedia(described, stream, facts);
  return facts;
}

async function timingOf(
  tools: MediaTools,
  path: string,
  stream: NonNullable<ReturnType<typeof pictureStream>>,
  signal?: AbortSignal,
) {
  const packets = packetReader(mediaLimits.frames + 1);
  await runFfprobe(tools, packetArguments(path, stream.index), packets.line, signal);
  const claimed = [readRate(stream.r_frame_rate), readRate(stream.avg_frame_rate)].filter(
    (rate) => rate !== null,
  );
  const clock = readRate(stream.time_base);
  // A frame may stand one tick of the file's clock beside its place, and ffprobe prints microseconds.
  return frameTiming(packets.end(), claimed, (clock ? clock.num / clock.den : 0.001) + 2e-6);
}

async function describe(tools: MediaTools, path: string, signal?: AbortSignal): Promise<Described> {
  const lines: string[] = [];
  await runFfprobe(tools, describeArguments(path), (line) => lines.push(line), signal);
  return JSON.parse(lines.join('\n')) as Described;
}

async function recipe(tools: MediaTools, path: string, signal?: AbortSignal): Promise<string | null> {
  await sizeOf(path);
  // Pictures and texts carry none, and must not come near ffprobe.
  if (sniff(await headOf(path)).is !== 'other') return null;
  const movie = await readMovie(path);
  const comment = movie ? movie.comment : (await describe(tools, path, signal)).format?.tags?.comment;
  // Other programs write their own words there; PQL begins with a verb in capitals, a parenthesis or a comment.
  return comment && /^(--|\(|[A-Z]{3,}\b)/.test(comment) ? comment : null;
}

async function textFacts(path: string, bytes: number): Promise<TextFacts> {
  if (bytes > mediaLimits.textBytes)
    throw new Failure('user', 'PQL437', 'the text is longer than 16 MB', { hint: 'split it' });
  const type = extname(path).toLowerCase();
  if (type === '.cube') await readCube(path);
  const container = { '.cube': 'application/x-cube', '.json': 'application/json' }[type] ?? 'text/plain';
  return { kind: 'text', container, bytes };
}

function soundFacts(described: Described, bytes: number): Facts {
  const audio = soundOf(described);
  if (!audio)
    throw new Failure('user', 'PQL439', 'the file has neither picture nor sound', {
      hint: 'give a clip, a sound or a picture',
    });
  return { kind: 'audio', container: containerOf(described), bytes, duration: audio.duration, audio };
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR')
      throw new Failure('user', 'PQL430', 'there is no such file', { hint: 'check the path', cause });
    throw new Failure('user', 'PQL430', 'the file cannot be read', { hint: 'check its permissions', cause });
  });
  if (found.isDirectory())
    throw new Failure('user', 'PQL431', 'this is a folder, not a file', { hint: 'name a file in it' });
  if (!found.isFile())
    throw new Failure('user', 'PQL431', 'this is no ordinary file', { hint: 'name a file' });
  if (found.size === 0)
    throw new Failure('user', 'PQL434', 'the file is empty', { hint: 'copy or download it again' });
  return found.size;
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new Failure('user', 'PQL430', 'the file cannot be read', { hint: 'check its permissions', cause });
  });
  try {
    const head = Buffer.alloc(4096);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
