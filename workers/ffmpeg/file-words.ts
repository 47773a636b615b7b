import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileText, ReadFileWords } from '../../engine/consent/file-words/port.ts';
import { Failure } from '../../engine/failure.ts';
import { readCaptions } from '../mp4/captions.ts';
import { startChild } from '../process/child.ts';
import { runFfprobe } from './ffprobe.ts';
import { safeInput, safeOpening } from './input.ts';
import { pictureWords } from './picture-words.ts';
import { createProber } from './prober.ts';
import { aboutFile, type Labelled, subtitleTracks } from './told-by-file.ts';
import type { MediaTools } from './tools.ts';

/** What is read of one file: subtitles of a feature film have a hundred kilobytes. */
const limits = Object.freeze({
  /** Bytes of one subtitle track, its times included. */
  trackBytes: 512 * 1024,
  /** Subtitle tracks. */
  tracks: 8,
  /** Characters that are kept of one text. */
  characters: 300_000,
  /** Milliseconds that taking subtitles out of a file may take; a film that holds them among its pictures is read through for it. */
  milliseconds: 120_000,
});

/** Reads what is written inside of pictures (`picture-words.ts`) and clips: tags and chapters with ffprobe, subtitle tracks with ffmpeg, which decodes nothing else, and captions among the
 * packets of the pictures. */
export function createFileWords(tools: () => Promise<MediaTools>): ReadFileWords {
  return async (path, facts, signal) => {
    if (facts.kind === 'image') return bounded(await pictureWords(path));
    const found = await tools();
    const labels = await labelsOf(found, path, signal);
    const spoken = await subtitles(found, path, labels, signal);
    const captions = await readCaptions(path, limits.characters, signal);
    const carried: FileText[] =
      captions === '' ? [] : [{ place: 'the closed captions', kind: 'carried', text: captions }];
    const recipe = await recipeOf(found, path, signal);
    return bounded([...aboutFile(labels, recipe), ...spoken, ...carried]);
  };
}

function bounded(texts: readonly FileText[]): FileText[] {
  return texts
    .map((each) => ({ ...each, text: each.text.slice(0, limits.characters) }))
    .filter(({ text }) => /\p{L}/u.test(text));
}

/** Arguments that make ffprobe tell the tags of a file, its streams and its chapters as JSON. */
export function labelArguments(path: string): string[] {
  const entries = 'format_tags:stream=index,codec_type,codec_name:stream_tags';
  return [
    '-v',
    'error',
    ...safeOpening(),
    '-show_entries',
    entries,
    '-show_chapters',
    '-of',
    'json',
    `file:${path}`,
  ];
}

/** Arguments that make ffmpeg write subtitle tracks as SubRip, each to a file of its own. */
export function subtitleArguments(
  path: string,
  tracks: readonly { stream: number; output: string }[],
): string[] {
  return [
    ...['-hide_banner', '-nostdin', '-y', '-v', 'error', ...safeInput(path)],
    ...tracks.flatMap(({ stream, output }) => [
      ...[
        '-map',
        `0:${stream}`,
        '-c:s',
        'srt',
        '-fs',
        String(limits.trackBytes),
        '-f',
        'srt',
        `file:${output}`,
      ],
    ]),
  ];
}

/** Nothing where the file is damaged: it was looked at before, and what cannot be read is not carried on. */
async function labelsOf(tools: MediaTools, path: string, signal: AbortSignal | undefined): Promise<Labelled> {
  const lines: string[] = [];
  try {
    await runFfprobe(tools, labelArguments(path), (line) => lines.push(line), signal);
    return JSON.parse(lines.join('\n')) as Labelled;
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof SyntaxError || (error instanceof Failure && error.kind === 'user')) return {};
    throw error;
  }
}

/** The comment that is taken for the recipe of the file, as whoever takes the file in reads it. */
async function recipeOf(
  tools: MediaTools,
  path: string,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  try {
    return await createProber(tools).recipe(path, signal);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof Failure && error.kind === 'user') return null;
    throw error;
  }
}

async function subtitles(
  tools: MediaTools,
  path: string,
  labels: Labelled,
  signal: AbortSignal | undefined,
): Promise<FileText[]> {
  const tracks = subtitleTracks(labels).slice(0, limits.tracks);
  if (tracks.length === 0) return [];
  const folder = await mkdtemp(join(tmpdir(), 'pql-subtitles-'));
  try {
    const outputs = tracks.map((track) => ({ ...track, output: join(folder, `${track.stream}.srt`) }));
    const limit = AbortSignal.timeout(limits.milliseconds);
    const child = startChild(tools.ffmpeg, subtitleArguments(path, outputs), {
      stdio: 'ignore',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    // What it wrote until it met something that it cannot read counts, however it ended.
    await child.ended.catch(() => null);
    signal?.throwIfAborted();
    const texts: FileText[] = [];
    for (const { output, place } of outputs)
      texts.push({ place, kind: 'spoken', text: spokenIn(await readStart(output)) });
    return texts;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What SubRip says, without its numbers, times and markup. */
export function spokenIn(subrip: string): string {
  return subrip
    .replace(/^\d+\r?\n(?:\d+:)?\d+:\d+[,.]\d+ --> .*$/gm, '')
    .replace(/<\/?(?:[biu]|font)\b[^>\n]{0,200}>|\{\\[^}\n]{0,200}\}/g, '')
    .replace(/\s*\n\s*/g, '\n')
    .trim();
}

async function readStart(path: string): Promise<string> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return '';
  try {
    const bytes = Buffer.alloc(limits.trackBytes);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
    return bytes.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
