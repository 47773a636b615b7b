import opencv from '@techstark/opencv-js';

/** A matrix of OpenCV, outside the heap of JavaScript: `delete` frees it. */
export interface Mat {
  /** Bytes of an 8-bit matrix, to read and to write. */
  data: Uint8Array;
  /** Numbers of a 32-bit floating-point matrix, its channels side by side. */
  data32F: Float32Array;
  delete(): void;
}

/** The part of OpenCV 4.12 that is used here; the package's own types promise more than it has. */
export interface OpenCv {
  Mat: { new (): Mat; new (rows: number, columns: number, type: number): Mat };
  CV_8UC1: number;
  calcOpticalFlowFarneback(
    before: Mat,
    after: Mat,
    flow: Mat,
    scale: number,
    levels: number,
    window: number,
    iterations: number,
    neighbourhood: number,
    sigma: number,
    flags: number,
  ): void;
}

/** Calls back once OpenCV is compiled, which takes some 0.3 s. No promise of it: the module has a `then` that resolves to itself, so that
 * awaiting it never ends. */
export function whenLoaded(use: (cv: OpenCv) => void): void {
  const cv = opencv as unknown as OpenCv & { onRuntimeInitialized?: () => void };
  if (typeof cv.Mat === 'function') use(cv);
  else cv.onRuntimeInitialized = () => use(cv);
}
