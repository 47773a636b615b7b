import { expect, test } from 'vitest';
import { damageNote, damageReader } from '../../../workers/ffmpeg/damage.ts';

/** Lines as ffmpeg 5.1 and 7.0 really wrote them. */
const heard: Readonly<Record<string, [lines: string, pieces: number, any: boolean]>> = {
  'concealed, ffmpeg 7': [
    '[h264 @ 0x55b701961d40] [error] error while decoding MB 28 14, bytestream 2276\n[vist#0:0/h264 @ 0x5560] [dec:h264 @ 0x5561] [warning] corrupt decoded frame\n',
    1,
    true,
  ],
  'concealed, ffmpeg 5': ['[warning] file:/store/ab12: corrupt decoded frame in stream 0\n', 1, true],
  'lost, ffmpeg 7': [
    '[vist#0:0/hevc @ 0x5560] [dec:hevc @ 0x5561] [error] Error submitting packet to decoder: Invalid data found when processing input\n',
    1,
    true,
  ],
  'lost, ffmpeg 5': [
    '[error] Error while decoding stream #0:0: Invalid data found when processing input\n'.repeat(2),
    2,
    true,
  ],
  'complained of only': ['[mjpeg @ 0x55e210c0b600] [error] overread 8\n', 0, true],
  'nothing wrong': [
    '[aist#0:0/pcm_s16le @ 0x559a7179c1c0] [warning] Guessed Channel Layout: mono\n[swscaler @ 0x5559] [warning] deprecated pixel format used, make sure you did set range correctly\n',
    0,
    false,
  ],
};

test.each(Object.entries(heard))('counts what is %s', (_name, [lines, pieces, any]) => {
  const whole = damageReader();
  whole.read(lines);
  expect(whole.damage()).toEqual({ pieces, any });
  const bit = damageReader();
  for (const character of lines) bit.read(character);
  expect(bit.damage()).toEqual({ pieces, any });
});

test.each([
  [{ pieces: 0, any: false }, null],
  [{ pieces: 0, any: true }, 'clip 2 is damaged: not every picture could be read whole'],
  [{ pieces: 1, any: true }, 'clip 2 is damaged: at least 1 picture could not be read whole'],
  [{ pieces: 3, any: true }, 'clip 2 is damaged: at least 3 pictures could not be read whole'],
])('says %o in words', (damage, words) => {
  expect(damageNote('clip 2', damage, 'picture')).toBe(words);
});
