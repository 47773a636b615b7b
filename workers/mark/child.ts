import { cleared } from './clear.ts';
import { createFinder, type Found } from './find.ts';

/** What the child is sent: grey pictures in order, and at last how tall their pixels are for their width. */
export type Looked = Uint8Array | { tall: number };

/** What it answers, once. */
export type ChildSaid = Found[];

/** A process of its own, since comparing everything with everything blocks. It can be killed at any moment. */
process.once('disconnect', () => process.exit(0));

const pictures: Float32Array[] = [];
process.on('message', (said: Looked) => {
  if (said instanceof Uint8Array) pictures.push(cleared(said));
  else process.send?.(createFinder()(pictures, said.tall) satisfies ChildSaid);
});
