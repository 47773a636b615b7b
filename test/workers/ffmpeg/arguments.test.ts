import { expect, test } from 'vitest';
import { matrixOf } from '../../../dsl/colours.ts';
import type { VideoFacts } from '../../../dsl/facts.ts';
import { carriedRecipe, timescale, videoEncoding } from '../../../workers/ffmpeg/encoding.ts';
import { decodeArguments, encodeArguments } from '../../../workers/ffmpeg/frame-arguments.ts';
import { gradeFilters } from '../../../workers/ffmpeg/grade-filters.ts';
import { safeInput } from '../../../workers/ffmpeg/input.ts';
import { partArguments } from '../../../workers/ffmpeg/part-arguments.ts';
import { fitting } from '../../../workers/ffmpeg/shape-filters.ts';

const facts: VideoFacts = {
  ...{ kind: 'video', container: 'mp4', bytes: 1, duration: 60, frames: 1500, width: 1280, height: 720 },
  ...{ rate: { num: 25, den: 1 }, codec: 'h264', pixelFormat: 'yuv420p', rotation: 0, audio: null },
};

test("a stranger's file is opened as this one file and nothing else", () => {
  const args = safeInput('/tmp/-i evil.mp4');
  expect(args.slice(0, 2)).toEqual(['-protocol_whitelist', 'file']);
  expect(args[3]).not.toMatch(/hls|concat|dash|image2|sdp|rtsp/);
  expect(args).toContain('-max_pixels');
  expect(args.slice(-2)).toEqual(['-i', 'file:/tmp/-i evil.mp4']);
});

test('raw frames are decoded at a constant rate in the right colours', () => {
  expect(
    decodeArguments('/a', facts, { pixelFormat: 'rgb24', range: { from: 3, to: 9 } }).slice(-10),
  ).toEqual([
    ...['-an', '-sn', '-dn', '-vf'],
    'fps=fps=25/1:start_time=0:round=near,tpad=stop=-1:stop_mode=clone,trim=start_frame=3:end_frame=9,setpts=PTS-STARTPTS,scale=1280:720:in_color_matrix=bt709:flags=bicubic+accurate_rnd+full_chroma_int+bitexact,format=rgb24',
    ...['-fps_mode', 'passthrough', '-f', 'rawvideo', 'pipe:1'],
  ]);
});

test('sound is copied where MP4 holds its codec and encoded where not', () => {
  const options = {
    width: 64,
    height: 48,
    rate: facts.rate,
    pixelFormat: 'rgba',
    output: '/o.mp4',
    recipe: 'R',
  } as const;
  const codecOf = (codec: string) => {
    const audio = { codec, rate: 48_000, channels: 2, duration: 60 };
    const args = encodeArguments({ ...options, audioFrom: { path: '/a', facts: { ...facts, audio } } });
    return args[args.indexOf('-c:a') + 1];
  };
  expect([codecOf('aac'), codecOf('mp3'), codecOf('pcm_s16le'), codecOf('vorbis')]).toEqual([
    'copy',
    'copy',
    'aac',
    'aac',
  ]);
  expect(encodeArguments(options)).toContain('comment=R');
});

test('every frame of every rate stands exactly on a tick', () => {
  for (const rate of [
    { num: 24, den: 1 },
    { num: 30_000, den: 1001 },
    { num: 1_000_000, den: 66_667 },
    { num: 25, den: 2 },
  ]) {
    expect((timescale(rate) * rate.den) % rate.num).toBe(0);
    expect(timescale(rate)).toBeGreaterThanOrEqual(12_000);
  }
});

test('one group of pictures lasts two seconds and parameter sets have the number that was asked for', () => {
  const args = videoEncoding({ num: 30_000, den: 1001 }, { parameterSet: 3 });
  expect(args[args.indexOf('-g') + 1]).toBe('60');
  expect(args[args.indexOf('-x264-params') + 1]).toContain('sps-id=3');
});

test('a part far into a clip is sought, two seconds early and on a frame', () => {
  const target = {
    width: 640,
    height: 360,
    rate: { num: 24, den: 1 },
    fit: 'pad',
    parameterSet: 0,
    matrix: 'bt709',
  } as const;
  const args = partArguments({ path: '/a', facts, from: 1200, frames: 10 }, target, '/o.mp4');
  expect(args[args.indexOf('-ss') + 1]).toBe('48.000000');
  expect(args[args.indexOf('-filter_complex') + 1]).toContain('trim=start_frame=48:end_frame=58');
  // x264 tells its version in the first frame only, and 4:4:4 of old versions does not decode without it.
  const full = { ...facts, pixelFormat: 'yuv444p' };
  expect(partArguments({ path: '/a', facts: full, from: 1200, frames: 10 }, target, '/o.mp4')).not.toContain(
    '-ss',
  );
  const avi = { ...facts, container: 'avi' };
  expect(partArguments({ path: '/a', facts: avi, from: 1200, frames: 10 }, target, '/o.mp4')).not.toContain(
    '-ss',
  );
});

test.each([
  [[1280, 720], [1280, 720], 'pad', '1280:720', []],
  [[640, 480], [1280, 720], 'pad', '960:720', ['pad=1280:720:160:0']],
  [[640, 480], [1280, 720], 'crop', '1280:960', ['crop=1280:720:0:120']],
  [[333, 777], [64, 64], 'pad', '28:64', ['pad=64:64:18:0']],
  [[1, 9000], [64, 64], 'pad', '2:64', ['pad=64:64:30:0']],
] as const)('%j into %j by %s is scaled to %s', ([w, h], [width, height], fit, scale, rest) => {
  expect(fitting({ width: w, height: h }, { width, height, fit })).toEqual({ scale, rest });
});

test('untagged clips have the colours of their size', () => {
  expect(matrixOf({ height: 720, pixelFormat: 'yuv420p' })).toBe('bt709');
  expect(matrixOf({ height: 576, pixelFormat: 'yuv420p' })).toBe('bt601');
  expect(matrixOf({ height: 576, pixelFormat: 'yuv420p', matrix: 'bt709' })).toBe('bt709');
  expect(matrixOf({ height: 576, pixelFormat: 'rgb24' })).toBeNull();
});

test('a recipe that is too long is not cut in the middle but left out, and said', () => {
  expect(carriedRecipe('GENERATE "x"')).toEqual({ text: 'GENERATE "x"', note: null });
  const long = carriedRecipe(`GENERATE "${'x'.repeat(70_000)}"`);
  expect(long.text).toMatch(/^-- the recipe has 700\d\d bytes/);
  expect(long.note).not.toBeNull();
});

test('a grade that says nothing filters nothing', () => {
  const nothing = {
    ...{ temperature: null, exposure: null, contrast: null, saturation: null, grade: null, grain: null },
    ...{ vignette: null, lut: false, lens: null, shutter: null },
  };
  const clip = { rate: 24, width: 640, height: 360 };
  expect(gradeFilters(nothing, clip, null)).toEqual([]);
  expect(gradeFilters({ ...nothing, temperature: 6500, contrast: 0, lens: 50 }, clip, null)).toEqual([]);
  expect(gradeFilters({ ...nothing, shutter: 1 / 24 }, clip, null)).toEqual([
    { colours: 'ycbcr', filter: 'tmix=frames=2:weights=0.5000 0.5000' },
  ]);
});
