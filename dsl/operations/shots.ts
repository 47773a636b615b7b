import type { ShotsArguments } from '../arguments.ts';
import { clause, job, oneClip } from '../operation.ts';
import { duration, portion } from '../values/quantities.ts';

/** Where one shot of a clip ends and the next begins. */
export const shots = job({
  verb: 'SHOTS',
  family: 'understand',
  help: 'finds the shots of a clip: hard cuts, and fades through black',
  details: [
    'As a list; TO shots.json writes it as JSON, with times and frame numbers.',
    'A cut is a change of content that is several times larger than what changes around it and that stays: fast motion and flashes are none.',
    'Dissolves from one picture to another are not found.',
  ],
  version: 2,
  takes: oneClip,
  gives: 'text',
  clauses: {
    SENSITIVITY: clause(
      portion,
      'how weak a cut may be: more finds cuts between alike scenes, less is surer',
      {
        default: 0.5,
      },
    ),
    SHORTEST: clause(
      duration({ max: 600, example: 1 }),
      'no shot is shorter: of two cuts nearer than that the stronger stays',
      { default: 0.25 },
    ),
  },
  examples: [
    { text: 'SHOTS v12', says: 'the shots of v12' },
    { text: 'SHOTS "clips/run.mp4" SHORTEST 1s TO out/shots.json', says: 'none under a second, as JSON' },
    { text: 'SHOTS v12[2s..8s] SENSITIVITY 70%', says: 'of a part, weak cuts too' },
  ],
  arguments: (given): ShotsArguments => ({ sensitivity: given.SENSITIVITY, shortest: given.SHORTEST }),
  lane: () => 'cpu',
  predict: () => ({ kind: 'text' }),
});
