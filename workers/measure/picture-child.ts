import { flowMeter, side } from './flow.ts';
import { whenLoaded } from './opencv.ts';
import { brightness, difference, sharpness } from './picture.ts';
import type { PictureMeasures } from './picture-measures.ts';

/** A process of its own, since WebAssembly blocks: is sent grey pictures in order, answers each with its measures, and ends with the channel.
 * It can be killed at any moment. */
process.once('disconnect', () => process.exit(0));

whenLoaded((cv) => {
  const motionTo = flowMeter(cv);
  let before: Uint8Array | null = null;
  process.on('message', (picture: Uint8Array) => {
    const [motion, change] = [motionTo(picture), before && difference(before, picture)];
    before = picture;
    const measured: PictureMeasures = {
      motion: motion?.mean ?? null,
      motion_max: motion?.max ?? null,
      energy: change?.mean ?? null,
      energy_max: change?.max ?? null,
      brightness: brightness(picture),
      sharpness: sharpness(picture, side, side),
    };
    process.send?.(measured);
  });
});
