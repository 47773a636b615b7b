import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EnhanceArguments, GradeArguments } from '../../../dsl/arguments.ts';
import { stageFilters } from '../../../workers/pass/frame-filters.ts';
import { readingOf } from '../../../workers/pass/reading.ts';
import type { Stage } from '../../../workers/pass/stages.ts';
import { startChild } from '../../../workers/process/child.ts';
import { openStudio, type Studio } from '../studio.ts';

let studio: Studio;
let clip: string;
beforeAll(async () => {
  studio = await openStudio();
  clip = await studio.flashes('clip.mp4', { at: [0.2], seconds: 0.5 });
});
afterAll(() => studio[Symbol.asyncDispose]());

/** The conversions of colours that ffmpeg put into a chain on its own, as it tells them. */
async function hidden(stages: readonly Stage[]): Promise<string[]> {
  const facts = await studio.video(clip);
  const { filters } = stageFilters(facts, stages, readingOf(facts, stages));
  const chain = filters.length > 0 ? filters.join(',') : 'null';
  const child = startChild(studio.tools.ffmpeg, [
    ...['-v', 'verbose', '-nostdin', '-i', clip, '-vf', chain, '-frames:v', '2', '-f', 'rawvideo', '-y'],
    join(studio.folder, 'frames'),
  ]);
  let said = '';
  child.process.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const { code } = await child.ended;
  if (code !== 0) throw new Error(said);
  return said.split('\n').filter((line) => line.includes('auto_scale') && line.includes('fmt:'));
}

const nothing: GradeArguments = {
  ...{ temperature: null, exposure: null, contrast: null, saturation: null, grade: null, grain: null },
  ...{ vignette: null, lut: false, lens: null, shutter: null },
};
const grade = (args: Partial<GradeArguments>): Stage => ({
  do: 'grade',
  args: { ...nothing, ...args },
  cube: null,
});
const denoise: Stage = {
  do: 'enhance',
  args: {
    ...{ upscale: null, denoise: 20, interpolate: null },
    ...{ model: null, interpolator: null },
  } as EnhanceArguments,
};

test.each<[string, Stage[]]>([
  ['temperature', [grade({ temperature: 5000 })]],
  ['contrast and saturation', [grade({ contrast: 0.2, saturation: 0.3 })]],
  ...['teal-orange', 'noir', 'bleach', 'vintage', 'warm', 'cool'].map((name): [string, Stage[]] => [
    `the look ${name}`,
    [grade({ grade: name })],
  ]),
  ['a lens', [grade({ lens: 14 })]],
  ['a shutter, a vignette and grain', [grade({ shutter: 1 / 12, vignette: 0.5, grain: 0.2 })]],
  ['several stages', [grade({ grade: 'vintage', contrast: 0.2 }), denoise, grade({ contrast: 0.1 })]],
])('%s: every filter gets the colours it works in', async (_name, stages) => {
  expect(await hidden(stages)).toEqual([]);
});

test('a picture that has once gone to RGB keeps its colour at full size until it is finished', async () => {
  const facts = await studio.video(clip);
  const stages = [grade({ temperature: 5000, contrast: 0.2, grade: 'warm', vignette: 0.3 })];
  const { filters, picture } = stageFilters(facts, stages, readingOf(facts, stages));
  expect(filters.filter((filter) => filter.startsWith('format='))).toEqual([
    'format=gbrp',
    'format=yuv444p',
    'format=gbrp',
    'format=yuv444p',
  ]);
  expect(picture.space).toBe('ours444');
});

test('what works on light and colour apart needs no conversion of a clip of ours', async () => {
  const facts = await studio.video(clip);
  const stages = [grade({ contrast: 0.2, vignette: 0.3 }), denoise];
  const { filters } = stageFilters(facts, stages, readingOf(facts, stages));
  expect(filters.filter((filter) => filter.startsWith('format='))).toEqual(['format=yuv420p']);
});
