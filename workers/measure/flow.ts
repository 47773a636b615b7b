import type { OpenCv } from './opencv.ts';

/** Side of the square grey picture that everything is measured on: the motion of clips of any size and shape is comparable. */
export const side = 240;

/** Mean and largest length of the optical flow, pixels. */
export interface Motion {
  mean: number;
  max: number;
}

/** Gives a function that tells the motion from each grey picture of `side` × `side` bytes to the next; null for the first. Dense flow by
 * Farneback's polynomial expansion (SCIA 2003) with the parameters of OpenCV's examples. Blocks for about 11 ms a picture. */
export function flowMeter(cv: OpenCv): (picture: Uint8Array) => Motion | null {
  let [before, after] = [new cv.Mat(side, side, cv.CV_8UC1), new cv.Mat(side, side, cv.CV_8UC1)];
  const flow = new cv.Mat();
  let first = true;
  return (picture) => {
    [before, after] = [after, before];
    after.data.set(picture);
    if (first) {
      first = false;
      return null;
    }
    // Between equal pictures the flow of smooth areas is undetermined: 44 px were found in a still.
    if (Buffer.compare(before.data, picture) === 0) return { mean: 0, max: 0 };
    cv.calcOpticalFlowFarneback(before, after, flow, 0.5, 3, 15, 3, 5, 1.2, 0);
    return lengths(flow.data32F);
  };
}

/** Of vectors that stand as x, y, x, y, … */
function lengths(vectors: Float32Array): Motion {
  let [sum, max] = [0, 0];
  for (let at = 0; at < vectors.length; at += 2) {
    const [x, y] = [vectors[at] ?? 0, vectors[at + 1] ?? 0];
    // Math.hypot guards against overflow and takes several times as long.
    const length = Math.sqrt(x * x + y * y);
    sum += length;
    if (length > max) max = length;
  }
  return { mean: (2 * sum) / vectors.length, max };
}
