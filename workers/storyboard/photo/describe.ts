import type { GenerateArguments } from '../../../dsl/arguments.ts';
import type { JsonObject } from '../../../dsl/json.ts';
import { readMood, readPrompt } from '../prompt/read.ts';
import type { Photo } from './load.ts';

/** What the asker should know of a film that begins with a picture: what was laid over it, and that nothing was drawn into it. */
export function describePhoto(
  args: GenerateArguments,
  hang: Pick<Photo, 'left' | 'top'>,
): { notes: string[]; details: JsonObject } {
  const { time, weather } = readMood(args.prompt, args);
  const brief = readPrompt(args.prompt, { ...args, cast: [] }, args.seed);
  const undrawn = [...new Set([...brief.subjects.map(({ kind }) => kind), ...brief.undrawn])];
  const cast = args.cast ?? [];
  const beyond = args.camera.move === 'dolly-out' && (hang.left === 0 || hang.top === 0);
  return {
    notes: [
      ...(undrawn.length > 0 ? [`drew nothing into the picture: ${undrawn.join(', ')}`] : []),
      ...(cast.length > 0
        ? [`${cast.join(', ')}: nobody is drawn into the picture, only who is in it is seen`]
        : []),
      ...(beyond ? ['what dolly-out shows beyond the edges of the picture is its mirror image'] : []),
    ],
    details: { begins: 'picture', time, weather, undrawn },
  };
}
