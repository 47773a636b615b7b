import type { Networks } from '../enhance/networks.ts';
import { type Damage, together, undamaged } from '../ffmpeg/damage.ts';
import { runFfmpeg } from '../ffmpeg/run.ts';
import { usualEarly } from '../ffmpeg/seek.ts';
import type { MediaTools } from '../ffmpeg/tools.ts';
import { notWhatWasAsked } from '../ffmpeg/words.ts';
import type { Desk, Progress } from '../handler.ts';
import { aloneArguments } from './alone-arguments.ts';
import type { PlannedPass } from './plan-pass.ts';
import { type Networked, runNetworks } from './run-networks.ts';

/** A piece to be encoded. */
export interface Piece {
  /** How it is made, reading from so many seconds before it on. */
  plan(early: number): PlannedPass;
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
  for (const piece of pieces) {
    const tell = (within: number) =>
      desk.progress(progressOf(done + within, all, perSecond(done + within, start)));
    const report = await encodePiece(media, piece, networks, recipe, desk, tell);
    made += report.made;
    cuts += report.cuts;
    damage = together(damage, report.damage);
    done += piece.frames;
  }
  const fps = perSecond(done, start);
  return { damage, networks: networks && { made, cuts, fps, details: networks.details } };
}

interface EncodedPiece {
  frames: number;
  damage: Damage;
  made: number;
  cuts: number;
}

/** Where nothing can be read of a piece nor shortly before it, it is read from earlier on, at last from the beginning, until there is a frame to
 * repeat: as if it were no piece. */
async function encodePiece(
  media: MediaTools,
  { plan, file, frames }: Piece,
  networks: Networks | null,
  recipe: string,
  desk: Pick<Desk, 'signal' | 'scratch'>,
  tell: (frames: number) => void,
): Promise<EncodedPiece> {
  for (let early = usualEarly; ; early *= 8) {
    const pass = plan(early);
    const report =
      pass.args && networks
        ? await throughNetworks(
            media,
            { ...pass, args: pass.args },
            networks,
            { output: file, recipe },
            desk,
            tell,
          )
        : await throughFilters(media, pass, file, recipe, desk, (done) => tell(Math.min(frames, done)));
    if (report.frames === frames) return report;
    if (report.frames > 0 || pass.before.length === 0)
      throw notWhatWasAsked(
        'working on frames',
        `${frames} frames were expected and ${report.frames} were made`,
      );
  }
}

async function throughNetworks(
  media: MediaTools,
  pass: Networked,
  networks: Networks,
  files: { output: string; recipe: string },
  desk: Pick<Desk, 'signal' | 'scratch'>,
  onFrame: (done: number) => void,
): Promise<EncodedPiece> {
  const { signal, scratch } = desk;
  const { count, damage, frames } = await runNetworks(media, pass, networks, files, {
    signal,
    scratch,
    onFrame,
  });
  return { ...count, damage, frames: pass.shape && frames > 0 ? pass.shape.frames : frames };
}

async function throughFilters(
  media: MediaTools,
  pass: PlannedPass,
  file: string,
  recipe: string,
  { signal, scratch }: Pick<Desk, 'signal' | 'scratch'>,
  onFrame: (done: number) => void,
): Promise<EncodedPiece> {
  const { frames, damage } = await runFfmpeg(media, aloneArguments(pass, file, recipe), {
    ...{ doing: 'working on frames', signal, cwd: scratch },
    onProgress: (progress) => onFrame(progress.frames),
  });
  return { frames, damage, made: 0, cuts: 0 };
}

function progressOf(done: number, all: number, fps: number): Progress {
  const fraction = done >= all ? 1 : Math.min(0.99, done / all);
  return fps > 0 ? { fraction, fps, secondsLeft: Math.max(0, all - done) / fps } : { fraction };
}

function perSecond(frames: number, start: number): number {
  return (frames * 1000) / (performance.now() - start);
}
