import type { Palette } from '../palette.ts';
import { clip } from '../width.ts';

/** What greets a person who starts a session; as wide as the terminal allows. */
export function banner(version: string, columns: number, palette: Palette): string {
  const art = columns >= 56 ? wide : [];
  const lines = [
    ...art.map((line) => palette.accent(line)),
    palette.strong(clip(`WatchAI ${version}: ask for video in one sentence`, columns - 1)),
    palette.dim(
      clip(
        'Made by the WatchAI authors on ffmpeg, ONNX Runtime, PGlite and Node. CREDITS; names them all.',
        columns - 1,
      ),
    ),
    '',
    clip('Try:  GENERATE "a lighthouse at dusk" DURATION 4s', columns - 1),
    palette.dim(
      clip('Enter runs a complete statement · Tab completes · HELP; explains · Ctrl-D leaves', columns - 1),
    ),
  ];
  return lines.join('\n');
}

const wide = [
  ' _      __      __      __    ___    ____',
  '| | /| / /___ _/ /_____/ /_  /   |  /  _/   .-------.',
  '| |/ |/ // _ `/ __/ __/ _ \\ / /| |  / /     | |>    |',
  "|__/|__/ \\_,_/\\__/\\__/_//_//_/ |_| /___/     '-------'",
];
