import type { StitchArguments } from '../dsl/arguments.ts';
import { planStitch, type StitchPlan } from '../dsl/plan-stitch.ts';
import { Failure } from '../engine/failure.ts';
import type { MediaTools } from './ffmpeg/tools.ts';
import { type Clip, openClip } from './film/clip.ts';
import { makeFilm } from './film/film.ts';
import { type Part, partsOf } from './film/parts.ts';
import type { Placed } from './film/soundtrack.ts';
import type { Handler } from './handler.ts';

/** STITCH: clips one after another. Packets are copied where the clips agree, the rest is encoded to the common shape. */
export function createStitch(tools: MediaTools): Handler<StitchArguments> {
  return async (args, desk) => {
    const clips = await Promise.all(desk.inputs.filter(({ role }) => role === 'operand').map(openClip));
    const plan = planStitch(
      clips.map(({ facts }) => facts),
      args,
    );
    if (!plan)
      throw new Failure('user', 'PQL439', 'STITCH needs at least one clip', { hint: 'STITCH v1 + v2' });
    refuseLongTransition(plan);
    const film = await makeFilm(
      {
        clips,
        parts: layParts(clips, plan),
        placed: plan.sound ? placeSound(clips, plan) : [],
        ...plan.shape,
        frames: plan.frames,
        fit: args.fit,
        transition: args.transition?.kind ?? 'fade',
      },
      tools,
      desk,
    );
    const encoded = plan.clips.flatMap(({ action, why }, index) =>
      action === 'encode' ? [`clip ${index + 1} was encoded: it ${why}`] : [],
    );
    return {
      file: film.file,
      kind: 'video',
      facts: film.facts,
      notes: [...encoded, ...film.notes],
      details: { encodedFrames: film.encodedFrames, soundCopied: film.soundCopied },
    };
  };
}

/** What to do for the pictures, in the film's order. */
function layParts(clips: readonly Clip[], { clips: plans, overlap }: StitchPlan): Part[] {
  const last = clips.length - 1;
  return clips.flatMap(({ video }, clip): Part[] => {
    const { action, frames } = plans[clip]!;
    const [from, to] = [clip > 0 ? overlap : 0, clip < last ? frames - overlap : frames];
    const body = partsOf(clip, from, to, action === 'copy' ? video : null);
    return clip < last && overlap > 0
      ? [...body, { do: 'transition', clip, from: to, into: 0, frames: overlap }]
      : body;
  });
}

/** Each clip from its first frame in the film to its last, those of its transitions included. */
function placeSound(clips: readonly Clip[], { clips: plans, overlap }: StitchPlan): Placed[] {
  let start = 0;
  return clips.map((clip, index) => {
    const end = start + plans[index]!.frames;
    const placed = { clip, start, end, skip: 0 };
    start = end - overlap;
    return placed;
  });
}

function refuseLongTransition({ clips, overlap }: StitchPlan): void {
  const short = clips.findIndex(({ frames }, index) => {
    const joins = Number(index > 0) + Number(index < clips.length - 1);
    return overlap * joins > frames;
  });
  if (short >= 0)
    throw new Failure('user', 'PQL414', `the transition is longer than clip ${short + 1} allows`, {
      hint: 'shorten the transition, or leave the clip out',
    });
}
