import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnhanceArguments, FramePart, PassArguments } from '../../dsl/arguments.ts';
import { Failure } from '../../engine/failure.ts';
import { whileOpen } from '../../engine/opened.ts';
import type { Prober } from '../../engine/prober.ts';
import type { Networks } from '../enhance/networks.ts';
import { damageNote } from '../ffmpeg/damage.ts';
import { carriedRecipe } from '../ffmpeg/encoding.ts';
import type { MediaTools } from '../ffmpeg/tools.ts';
import type { Desk, Produced } from '../handler.ts';
import { detailsOf } from './details.ts';
import { type Encoded, encodePieces } from './encode-pieces.ts';
import { joinPieces, joinWithSound } from './join-pieces.ts';
import { notesOf } from './notes.ts';
import { type FrameWork, networkOf, type PlannedPass, piecesFor, planPass } from './plan-pass.ts';
import type { Stage } from './stages.ts';

/** What frame work is done with. */
export interface FrameTools {
  media: MediaTools;
  prober: Prober;
  /** Starts the networks of a stage; null where there are none. */
  open: ((args: EnhanceArguments, desk: Desk) => Promise<Networks>) | null;
  /** Work that a piece of a long clip has, as `piecesOf` reckons; the usual by default. */
  pieceSeconds?: number | undefined;
}

/** What is asked for. */
export interface Asked {
  stages: readonly Stage[];
  fitted: PassArguments['shape'];
  /** A segment of it, without its sound; null for all. */
  part: FramePart | null;
  /** Name of the file. */
  output: string;
}

/** Does stages of frame work in one pass: each frame is decoded once, worked on, and encoded once; the sound is cut to the sample, or kept
 * where all frames are. GRADE and ENHANCE are passes of one stage.
 *
 * A long clip is encoded in pieces, which are joined by copying their packets (dsl/segments/pieces.ts). Whether one job makes all of them or
 * several make some each, which are then inputs here with the role `segment`, the file is the same byte for byte. */
export async function workOnFrames(tools: FrameTools, asked: Asked, desk: Desk): Promise<Produced> {
  const input = desk.inputs.find(({ role }) => role === 'operand');
  if (input?.facts.kind !== 'video')
    throw new Failure('user', 'PQL439', 'a clip is needed', { hint: 'give a video' });
  const { stages, fitted, part } = asked;
  const work: FrameWork = { path: input.path, facts: input.facts, stages, fitted };
  const segments = desk.inputs.filter(({ role }) => role === 'segment').map(({ path }) => path);
  const pass = planPass(work, part);
  const file = join(desk.scratch, asked.output);
  // Of a segment nobody sees more than its packets.
  const recipe = part === null ? carriedRecipe(desk.recipe) : { text: '', note: null };
  let encoded: Encoded | null = null;
  if (segments.length > 0) await joinWithSound(tools.media, segments, pass, file, recipe.text, desk);
  else encoded = await made(tools, work, pass, part, file, recipe.text, desk);
  const damaged =
    encoded &&
    damageNote('the clip', encoded.damage, pass.args || !work.facts.audio ? 'picture' : 'picture or sound');
  return {
    file,
    kind: 'video',
    facts: await tools.prober.probe(file, desk.signal),
    notes: [
      ...notesOf(work.facts, stages, fitted ? null : pass.out),
      ...(damaged === null ? [] : [damaged]),
      ...(recipe.note === null ? [] : [recipe.note]),
    ],
    details: {
      ...detailsOf(pass, stages, encoded),
      ...(segments.length > 0 ? { segments: segments.length } : {}),
    },
  };
}

async function made(
  { media, open, pieceSeconds }: FrameTools,
  work: FrameWork,
  pass: PlannedPass,
  part: FramePart | null,
  file: string,
  recipe: string,
  desk: Desk,
): Promise<Encoded> {
  const args = networkOf(work.stages);
  const { frames } = pass.shape ?? pass.out;
  const pieces = piecesFor(work, frames, part, pieceSeconds);
  return whileOpen(async (opened) => {
    const networks = args && open ? opened.add(await open(args, desk)) : null;
    if (pieces.length === 1) {
      const one = [{ plan: (early: number) => planPass(work, part, early), file, frames }];
      return encodePieces(media, one, networks, recipe, desk);
    }
    const several = pieces.map((piece, index) => ({
      plan: (early: number) => planPass(work, piece, early),
      file: join(desk.scratch, `piece-${index + 1}.mp4`),
      frames: piece.to - piece.from,
    }));
    const encoded = await encodePieces(media, several, networks, '', desk);
    const paths = several.map((piece) => piece.file);
    if (part === null) await joinWithSound(media, paths, pass, file, recipe, desk);
    else await joinPieces(paths, pass, file, recipe, desk);
    for (const path of paths) await rm(path);
    return encoded;
  });
}
