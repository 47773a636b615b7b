import type { Palette } from '../palette.ts';
import { clip } from '../width.ts';

/** What greets a person who starts a session; as wide as the terminal allows. */
export function banner(version: string, columns: number, palette: Palette): string {
  const art = columns >= 56 ? wide : [];
  const lines = [
    ...art.map((line) => palette.accent(line)),
    palette.strong(clip(`WatchAI ${version}: ask for video in one sentence`, columns - 1)),
    ...wrap(
      [
        'Made by the WatchAI authors on ffmpeg, ONNX Runtime,',
        'PGlite and Node.',
        'CREDITS; names them all.',
      ],
      ' ',
      columns - 1,
    ).map((line) => palette.dim(line)),
    '',
    clip('Try:  GENERATE "a lighthouse at dusk" DURATION 4s', columns - 1),
    ...wrap(
      ['Enter runs a complete statement', 'Tab completes', 'HELP; explains', 'Ctrl-D leaves'],
      ' · ',
      columns - 1,
    ).map((line) => palette.dim(line)),
  ];
  return lines.join('\n');
}

/** Pieces on as few lines as hold them; no piece is cut unless it alone is too wide. */
function wrap(pieces: readonly string[], between: string, width: number): string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const joined = lines.length === 0 ? piece : `${lines.at(-1)}${between}${piece}`;
    if (lines.length > 0 && joined.length <= width) lines[lines.length - 1] = joined;
    else lines.push(clip(piece, width));
  }
  return lines;
}

const wide = [
  ' _      __      __      __    ___    ____',
  '| | /| / /___ _/ /_____/ /_  /   |  /  _/   .-------.',
  '| |/ |/ // _ `/ __/ __/ _ \\ / /| |  / /     | |>    |',
  "|__/|__/ \\_,_/\\__/\\__/_//_//_/ |_| /___/     '-------'",
];
