import { cleared } from './clear.ts';
import { createFinder } from './find.ts';

/** A process of its own, since comparing everything with everything blocks: is sent grey pictures in order and then `all`, answers once with the
 * marks in them. It can be killed at any moment. */
process.once('disconnect', () => process.exit(0));

const pictures: Float32Array[] = [];
process.on('message', (said: Uint8Array | 'all') => {
  if (said === 'all') process.send?.(createFinder()(pictures));
  else pictures.push(cleared(said));
});
