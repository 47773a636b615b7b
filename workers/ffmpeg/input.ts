import { mediaLimits } from './limits.ts';

/** Demuxers for real media containers. Playlists (hls, dash, concat, image2) are left out: they open further files, and an HLS
 * playlist named `up.mp4` read another tenant's file with `-protocol_whitelist file` alone. */
export const containers = Object.freeze([
  'mov',
  'matroska',
  'avi',
  'mpeg',
  'mpegts',
  'mpegvideo',
  'ogg',
  'flv',
  'asf',
  'mxf',
  'gif',
  'nut',
  'yuv4mpegpipe',
  'wav',
  'mp3',
  'flac',
  'aac',
  'aiff',
]);

/** Arguments that keep ffmpeg or ffprobe to this one file, whatever the file says. */
export function safeOpening(): string[] {
  return [
    '-protocol_whitelist',
    'file',
    '-format_whitelist',
    containers.join(','),
    '-max_pixels',
    String(mediaLimits.pixels),
  ];
}

/** Arguments that open a stranger's file as the next input of ffmpeg; `before` are further input options such as `-ss`. Filters are set up once:
 * a film in which copied frames say less of their colours than encoded ones would set them up anew at each joint, and the one that keeps the
 * rate constant would begin again at time 0, repeating all that was (811 frames of 480). */
export function safeInput(path: string, before: readonly string[] = []): string[] {
  return [...safeOpening(), '-reinit_filter:v', '0', ...before, '-i', `file:${path}`];
}
