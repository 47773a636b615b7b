/** Takes numbers from an ncnn `.bin` file, in the order of the layers. */
export interface NcnnWeights {
  /** Weights of a convolution: they begin with a tag that says how they are kept. */
  tagged(count: number): Float32Array;
  /** Biases and slopes: always 32-bit floats, no tag. */
  plain(count: number): Float32Array;
  /** Throws when anything is left. */
  end(): void;
}

const halfTag = 0x01306b47;
const floatTag = 0;

/** Reads a `.bin` file from its start; throws when it ends too early. */
export function ncnnWeights(file: Uint8Array): NcnnWeights {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let offset = 0;
  const take = (bytes: number): number => {
    const start = offset;
    offset += bytes;
    if (offset > file.byteLength) throw new Error('the weights end too early');
    return start;
  };
  const plain = (count: number): Float32Array => {
    const start = take(count * 4);
    return Float32Array.from({ length: count }, (_, index) => view.getFloat32(start + index * 4, true));
  };

  return {
    plain,
    tagged(count) {
      const tag = view.getUint32(take(4), true);
      if (tag === floatTag) return plain(count);
      if (tag !== halfTag) throw new Error(`weights kept as 0x${tag.toString(16)} cannot be read`);
      const start = take(Math.ceil(count / 2) * 4);
      return Float32Array.from({ length: count }, (_, index) =>
        half(view.getUint16(start + index * 2, true)),
      );
    },
    end() {
      if (offset !== file.byteLength)
        throw new Error(`${file.byteLength - offset} bytes follow the last weight`);
    },
  };
}

/** IEEE 754 binary16. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
