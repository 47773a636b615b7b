import type { Networks } from '../enhance/networks.ts';
import { type Damage, together, undamaged } from '../ffmpeg/damage.ts';
import { runFfmpeg } from '../ffmpeg/run.ts';
import type { MediaTools } from '../ffmpeg/tools.ts';
import type { Desk, Progress } from '../handler.ts';
import { aloneArguments } from './alone-arguments.ts';
import type { PlannedPass } from './plan-pass.ts';
import { runNetworks } from './run-networks.ts';

/** A piece to be encoded. */
export interface Piece {
  pass: PlannedPass;
  file: string;
  frames: number;
}

/** What encoding came to. */
export interface Encoded {
  /** What of the clip could not be read. */
  damage: Damage;
  /** What the networks did; null where there were none. */
  networks: { made: number; cuts: number; fps: number; details: Networks['details'] } | null;
}

/** Encodes pieces one after the other, the networks started once; progress is that of all of them. */
export async function encodePieces(
  media: MediaTools,
  pieces: readonly Piece[],
  networks: Networks | null,
  recipe: string,
  desk: Pick<Desk, 'signal' | 'scratch' | 'progress'>,
): Promise<Encoded> {
  const all = pieces.reduce((sum, { frames }) => sum + frames, 0);
  const start = performance.now();
  let done = 0;
  let damage = undamaged;
  let [made, cuts] = [0, 0];
  for (const { pass, file, frames } of pieces) {
    const tell = (within: number, fps: number) => desk.progress(progressOf(done + within, all, fps));
    if (pass.args && networks) {
      const { args } = pass;
      const report = await runNetworks(
        media,
        { ...pass, args },
        networks,
        { output: file, recipe },
        {
          ...{ signal: desk.signal, scratch: desk.scratch },
          onFrame: (count) => tell(count, perSecond(done + count, start)),
        },
      );
      made += report.count.made;
      cuts += report.count.cuts;
      damage = together(damage, report.damage);
    } else {
      const report = await runFfmpeg(media, aloneArguments(pass, file, recipe), {
        ...{ doing: 'working on frames', signal: desk.signal, cwd: desk.scratch, frames },
        onProgress: (progress) =>
          tell(progress.ended ? frames : Math.min(frames, progress.frames), progress.fps),
      });
      damage = together(damage, report.damage);
    }
    done += frames;
  }
  const fps = perSecond(done, start);
  return { damage, networks: networks && { made, cuts, fps, details: networks.details } };
}

function progressOf(done: number, all: number, fps: number): Progress {
  const fraction = done >= all ? 1 : Math.min(0.99, done / all);
  return fps > 0 ? { fraction, fps, secondsLeft: Math.max(0, all - done) / fps } : { fraction };
}

function perSecond(frames: number, start: number): number {
  return (frames * 1000) / (performance.now() - start);
}
