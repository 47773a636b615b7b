import { openTensors } from '../onnx/tensors.ts';
import { findFaces } from './find.ts';
import { knowFace } from './know.ts';
import type { Picture } from './picture.ts';
import type { FaceNetworks, FacesSeen } from './start.ts';

/** A process of its own, since a network blocks its thread: is sent pictures in order, answers each with the faces in it, and ends with the channel. It can be killed
 * at any moment. */

/** Pixels of a face across. Of faces of 30 to 50 pixels different people had products of up to .56; from 90 on .31 at most. */
const smallest = 60;

process.once('disconnect', () => process.exit(0));

const [, , text = '{}'] = process.argv;
const { blazeface, sface, most } = JSON.parse(text) as FaceNetworks;
const finding = openTensors(blazeface);
const knowing = sface === null ? null : openTensors(sface);
let turn = Promise.resolve();
process.on('message', (picture: Picture) => {
  turn = turn
    .then(() => look(picture))
    .then(
      (seen) => void process.send?.(seen),
      (error: Error) => void process.send?.({ error: error.message }),
    );
});

async function look(picture: Picture): Promise<FacesSeen> {
  // One more than are looked at says that there are more.
  const found = await findFaces(await finding, picture, most + 1);
  const known: (Float32Array | null)[] = [];
  for (const face of found.slice(0, most)) {
    const large = face.box.width >= smallest;
    known.push(knowing !== null && large ? await knowFace(await knowing, picture, face) : null);
  }
  return { known, more: found.length > most };
}
