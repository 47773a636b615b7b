import { expect, test } from 'vitest';
import { progressReader } from '../../../workers/ffmpeg/progress.ts';
import { failureFromFfmpeg } from '../../../workers/ffmpeg/words.ts';

test.each([
  ['[out#0/mp4 @ 0x1] Error writing trailer: No space left on device', 228, null, 'transient', 'PQL631'],
  ['', null, 'SIGXFSZ', 'transient', 'PQL631'],
  ['', null, 'SIGKILL', 'transient', 'PQL630'],
  ['x264 [error]: malloc of size 9 failed\nCannot allocate memory', 1, null, 'transient', 'PQL632'],
  [
    '[in#0] Format hls detected only with low score\n[hls] Format not on whitelist',
    1,
    null,
    'user',
    'PQL432',
  ],
  ['[mov,mp4 @ 0x1] moov atom not found', 1, null, 'user', 'PQL433'],
  ['[mjpeg] Picture size 15000x15000 exceeds specified max pixel count 67108864', 1, null, 'user', 'PQL435'],
  ["Unknown encoder 'libx264'", 8, null, 'permanent', 'PQL634'],
  ['setpriv: failed to execute ffmpeg: No such file or directory', 127, null, 'permanent', 'PQL634'],
  ['something new', 1, null, 'permanent', 'PQL633'],
] as const)('%j with exit %s and signal %s is %s %s', (stderr, code, signal, kind, said) => {
  const failure = failureFromFfmpeg('encoding a clip', { code, signal }, stderr);
  expect({ kind: failure.kind, code: failure.code }).toEqual({ kind, code: said });
  expect(failure.hint).not.toBeNull();
  expect(failure.message).not.toMatch(/moov atom|malloc|0x1/);
});

test('progress is read from pieces that are cut anywhere', () => {
  const text =
    'frame=12\nfps=24.50\nout_time_us=N/A\nspeed=N/A\nprogress=continue\nframe=48\nfps=30\nout_time_us=2000000\nprogress=end\n';
  for (const size of [1, 7, 1000]) {
    const blocks: unknown[] = [];
    const read = progressReader((block) => blocks.push(block));
    for (let at = 0; at < text.length; at += size) read(text.slice(at, at + size));
    expect(blocks).toEqual([
      { frames: 12, fps: 24.5, seconds: 0, ended: false },
      { frames: 48, fps: 30, seconds: 2, ended: true },
    ]);
  }
});
