import type { MeasureArguments } from '../dsl/arguments.ts';
import type { Rational, VideoFacts } from '../dsl/facts.ts';
import type { Measurements, Summary } from '../dsl/measurements.ts';
import { Failure } from '../engine/failure.ts';
import { whileOpen } from '../engine/opened.ts';
import { decodeFrames } from './ffmpeg/frames.ts';
import { momentaryLoudness } from './ffmpeg/loudness.ts';
import type { MediaTools } from './ffmpeg/tools.ts';
import { noPicture } from './film/readable.ts';
import type { Desk, Handler } from './handler.ts';
import { writeJsonText } from './json-text.ts';
import { side } from './measure/flow.ts';
import { gather } from './measure/gather.ts';
import { loudnessOfSamples } from './measure/loudness-of-samples.ts';
import { type PictureMeasures, type PictureMeter, startPictureMeter } from './measure/picture-measures.ts';
import { sampling } from './measure/sampling.ts';

/** MEASURE: motion, change, brightness, sharpness and loudness over time as a JSON text (`Measurements`). */
export function createMeasure(tools: MediaTools): Handler<MeasureArguments> {
  return async (args, desk) => {
    const input = desk.inputs[0];
    if (input?.facts.kind !== 'video')
      throw new Failure('user', 'PQL439', 'MEASURE needs a clip', { hint: 'MEASURE v1' });
    const { path, facts } = input;
    const { every, rate, notes } = sampling(args.every, facts.rate);
    const { momentary, samples } = await whileOpen(async (opened) => {
      // Listening takes about as long as the meter needs to get ready.
      const meter = opened.add(startPictureMeter(desk.signal));
      return {
        momentary: facts.audio ? await momentaryLoudness(tools, path, desk.signal) : null,
        samples: await look(tools, { path, facts }, rate, meter, desk),
      };
    });
    if (samples.length === 0) throw noPicture();
    const loudness = momentary && loudnessOfSamples(momentary, every, samples.length);
    const measured = gather(samples, loudness, every);
    return {
      ...(await writeJsonText(desk, 'measures', measured)),
      notes: [...inWords(measured), ...notes],
      details: { every, samples: samples.length, ...measured.summary },
    };
  };
}

/** One pass over the clip: the frames shown at multiples of `every`, small and grey, through a process that measures them. */
async function look(
  tools: MediaTools,
  { path, facts }: { path: string; facts: VideoFacts },
  rate: Rational,
  meter: PictureMeter,
  desk: Desk,
): Promise<PictureMeasures[]> {
  const expected = Math.max(1, Math.ceil((facts.duration * rate.num) / rate.den - 1e-6));
  const start = performance.now();
  const samples: PictureMeasures[] = [];
  const settle = async (pending: Promise<PictureMeasures>) => {
    samples.push(await pending);
    const perSecond = (1000 * samples.length) / Math.max(1, performance.now() - start);
    desk.progress({
      fraction: Math.min(0.99, samples.length / expected),
      secondsLeft: Math.max(0, expected - samples.length) / perSecond,
    });
  };
  await whileOpen(async (opened) => {
    const source = opened.add(
      decodeFrames(tools, path, facts, {
        pixelFormat: 'gray',
        ...{ width: side, height: side },
        // Rounded up: the frame that is shown at that time, not one that is still to come.
        filters: [`fps=fps=${rate.num}/${rate.den}:start_time=0:round=up`],
        signal: desk.signal,
      }),
    );
    let pending: Promise<PictureMeasures> | null = null;
    for await (const picture of source.frames) {
      const next = meter.measure(picture);
      // One is measured while the next is read.
      if (pending) await settle(pending);
      pending = next;
    }
    if (pending) await settle(pending);
  });
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
