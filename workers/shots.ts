import type { ShotsArguments } from '../dsl/arguments.ts';
import type { VideoFacts } from '../dsl/facts.ts';
import type { ShotList } from '../dsl/measurements.ts';
import { seconds } from '../dsl/part-of.ts';
import { perSecond } from '../dsl/rational.ts';
import { Failure } from '../engine/failure.ts';
import { whileOpen } from '../engine/opened.ts';
import { decodeFrames } from './ffmpeg/frames.ts';
import type { MediaTools } from './ffmpeg/tools.ts';
import { cutShort, noPicture } from './film/readable.ts';
import type { Desk, Handler } from './handler.ts';
import { writeJsonText } from './json-text.ts';
import { pace } from './pace.ts';
import { freeAtOnce } from './process/free-at-once.ts';
import { sampled } from './shots/cells.ts';
import { findCuts } from './shots/find-cuts.ts';
import { findFades } from './shots/find-fades.ts';
import { type Series, seriesTaker } from './shots/series.ts';
import { shotList } from './shots/shot-list.ts';

/** Shots that the words name; the text has all. */
const named = 12;

/** SHOTS: cuts and fades of a clip as a JSON text (`ShotList`). One pass over small frames at a constant rate. */
export function createShots(tools: MediaTools): Handler<ShotsArguments> {
  return async ({ sensitivity, shortest }, desk) => {
    const input = desk.inputs[0];
    if (input?.facts.kind !== 'video')
      throw new Failure('user', 'PQL439', 'SHOTS needs a clip', { hint: 'SHOTS v1' });
    const series = await watch(tools, input.path, input.facts, desk);
    const frames = series.light.length;
    if (frames === 0) throw noPicture();
    const cuts = findCuts(series, perSecond(input.facts.rate), sensitivity);
    const boundaries = [...cuts, ...findFades(series.light, cuts)];
    const found = shotList(boundaries, { frames, rate: input.facts.rate }, shortest);
    const opened = (by: string) => found.shots.filter(({ opens }) => opens === by).length;
    return {
      ...(await writeJsonText(desk, 'shots', found)),
      notes: cutShort(frames, input.facts.frames, 'frames'),
      details: {
        ...{ shots: found.shots.length, cuts: opened('cut'), fades: opened('fade') },
        words: inWords(found),
      },
    };
  };
}

/** One pass over the clip; nothing of a frame is kept but its numbers. */
async function watch(tools: MediaTools, path: string, facts: VideoFacts, desk: Desk): Promise<Series> {
  const taker = seriesTaker(sampled);
  const news = pace(facts.frames);
  await whileOpen(async (opened) => {
    const source = opened.add(
      decodeFrames(tools, path, facts, { pixelFormat: 'rgb24', ...sampled, signal: desk.signal }),
    );
    for await (const frame of source.frames) {
      taker.take(frame);
      freeAtOnce(frame);
      desk.progress(news(taker.series.light.length));
    }
  });
  return taker.series;
}

/** How many there are, and the first for people, one a line: `2  13.916s–16.5s  cut`. */
function inWords({ shots }: ShotList): string[] {
  const lines = shots
    .slice(0, named)
    .map(({ index, from, to, opens }) => `${index}  ${seconds(from)}–${seconds(to)}  ${opens}`);
  const of = (by: string) => shots.filter(({ opens }) => opens === by).length;
  const counts = `${counted(shots.length, 'shot')}: ${counted(of('cut'), 'cut')}, ${counted(of('fade'), 'fade')}`;
  const more = shots.length > named ? [`and ${shots.length - named} more`] : [];
  return [counts, ...lines, ...more];
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
