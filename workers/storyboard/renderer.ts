import type { GenerateArguments } from '../../dsl/arguments.ts';
import type { Cube } from './color/cube.ts';
import { createFinish } from './color/finish.ts';
import { createPainter } from './frame/painter.ts';
import { createAperture } from './optics/aperture.ts';
import { createCamera } from './optics/camera.ts';
import { createLens } from './optics/lens.ts';
import { openSeconds } from './optics/shutter.ts';
import { readPrompt } from './prompt/read.ts';
import { createRandom } from './random.ts';
import { compose } from './scene/compose.ts';
import { placeDisc } from './sky/sun.ts';

/** Draws the frames of a statement: `frame(n)` gives frame n as yuv420p (BT.709, limited range), in a buffer that the next frame
 * overwrites. Pure: the same arguments give the same bytes. */
export function createRenderer(
  args: GenerateArguments,
  cube: Cube | null,
): { frame(index: number): Uint8Array } {
  const { width, height, fps, duration } = args;
  const brief = readPrompt(args.prompt, args, args.seed);
  const random = createRandom(args.seed);
  const lens = createLens(args.camera.lens);
  const open = openSeconds(args.camera.shutter, fps);
  const scene = compose(brief, { width, height }, lens, random, open);
  const kinds = new Set(brief.subjects.map((subject) => subject.kind));
  const disc = placeDisc(scene.stage, { sun: kinds.has('sun'), moon: kinds.has('moon') });
  const camera = createCamera(args.camera.move, { width, height, duration }, random.fork('camera'));
  const closest = Math.max(camera(0).dolly, camera(duration / 2).dolly, camera(duration).dolly);
  const blur = createAperture(
    args.camera.aperture,
    args.camera.lens,
    scene.stage.unit,
    kinds.has('person') ? 0.43 : 1,
  );
  const paint = createPainter(scene, disc, { camera, blur, open, closest });
  const finish = createFinish(width, height, { color: args.color, cube, lens, random: random.fork('film') });
  return { frame: (index) => finish(paint(index / fps), index) };
}
