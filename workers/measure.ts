import type { MeasureArguments } from '../dsl/arguments.ts';
import type { Measurements, Summary } from '../dsl/measurements.ts';
import { perSecond } from '../dsl/rational.ts';
import { Failure } from '../engine/failure.ts';
import { whileOpen } from '../engine/opened.ts';
import { decodeFrames } from './ffmpeg/frames.ts';
import { momentaryLoudness } from './ffmpeg/loudness.ts';
import type { MediaTools } from './ffmpeg/tools.ts';
import { cutShort, noPicture } from './film/readable.ts';
import type { Handler } from './handler.ts';
import { writeJsonText } from './json-text.ts';
import { side } from './measure/flow.ts';
import { gather } from './measure/gather.ts';
import { loudnessOfSamples } from './measure/loudness-of-samples.ts';
import { type PictureMeasures, type PictureMeter, startPictureMeter } from './measure/picture-measures.ts';
import { sampleFilter, sampling } from './measure/sampling.ts';
import { pace } from './pace.ts';
import { freeAtOnce } from './process/free-at-once.ts';

/** MEASURE: motion, change, brightness, sharpness and loudness over time as a JSON text (`Measurements`). */
export function createMeasure(tools: MediaTools): Handler<MeasureArguments> {
  return async (args, desk) => {
    const input = desk.inputs[0];
    if (input?.facts.kind !== 'video')
      throw new Failure('user', 'PQL439', 'MEASURE needs a clip', { hint: 'MEASURE v1' });
    const { path, facts } = input;
    const { every, rate, notes } = sampling(args.every, facts.rate);
    const expected = Math.max(1, Math.ceil((facts.duration * rate.num) / rate.den - 1e-6));
    const { momentary, samples } = await whileOpen(async (opened) => {
      // Listening takes about as long as the meter needs to get ready.
      const meter = opened.add(startPictureMeter(desk.signal));
      const momentary = facts.audio ? await momentaryLoudness(tools, path, desk.signal) : null;
      const source = opened.add(
        decodeFrames(tools, path, facts, {
          pixelFormat: 'gray',
          ...{ width: side, height: side },
          filters: [sampleFilter(rate)],
          signal: desk.signal,
        }),
      );
      // Told in frames of the clip, which is what people know.
      const framesEach = every * perSecond(facts.rate);
      const news = pace(expected * framesEach);
      const onDone = (count: number) => desk.progress(news(count * framesEach));
      return { momentary, samples: await measureAll(source.frames, meter, onDone) };
    });
    if (samples.length === 0) throw noPicture();
    const loudness = momentary && loudnessOfSamples(momentary, every, samples.length);
    const measured = gather(samples, loudness, every);
    return {
      ...(await writeJsonText(desk, 'measures', measured)),
      notes: [...notes, ...cutShort(samples.length, expected, 'samples')],
      details: { every, samples: samples.length, ...measured.summary, words: inWords(measured) },
    };
  };
}

/** Measures pictures in order, one while the next is read. */
async function measureAll(
  pictures: AsyncIterable<Buffer>,
  meter: PictureMeter,
  onDone: (count: number) => void,
): Promise<PictureMeasures[]> {
  const samples: PictureMeasures[] = [];
  const settle = async (pending: Promise<PictureMeasures> | null) => {
    if (!pending) return;
    samples.push(await pending);
    onDone(samples.length);
  };
  let pending: Promise<PictureMeasures> | null = null;
  for await (const picture of pictures) {
    const next = meter.measure(picture);
    freeAtOnce(picture);
    await settle(pending);
    pending = next;
  }
  await settle(pending);
  return samples;
}

/** The summary for people: `motion 1.2 px, at most 8.4 px`. */
function inWords({ summary, times }: Measurements): string[] {
  const short = (value: number) => String(Number(value.toPrecision(3)));
  const said = (name: string, { mean, max }: Summary, unit: string) =>
    `${name} ${short(mean)}${unit} on average, at most ${short(max)}${unit}`;
  return [
    `${times.length} ${times.length === 1 ? 'sample' : 'samples'}`,
    said('motion', summary.motion, ' px'),
    said('energy', summary.energy, ''),
    said('brightness', summary.brightness, ''),
    said('sharpness', summary.sharpness, ''),
    summary.loudness ? said('loudness', summary.loudness, ' LUFS') : 'no sound',
  ];
}
