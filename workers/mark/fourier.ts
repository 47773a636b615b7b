/** A picture of complex numbers, rows of `size`; size is a power of two. */
export interface Spectrum {
  real: Float64Array;
  imaginary: Float64Array;
}

/** Transforms square pictures there and, with `inverse`, back, in place (Cooley and Tukey, radix 2); what comes back is size² times as large. */
export function createFourier(size: number): (picture: Spectrum, inverse?: boolean) => void {
  const cosines = Float64Array.from({ length: size / 2 }, (_, at) => Math.cos((2 * Math.PI * at) / size));
  const sines = Float64Array.from({ length: size / 2 }, (_, at) => Math.sin((2 * Math.PI * at) / size));
  const bits = Math.log2(size);
  const reversed = Uint16Array.from({ length: size }, (_, at) => {
    let out = 0;
    for (let bit = 0; bit < bits; bit++) if (at & (1 << bit)) out |= 1 << (bits - 1 - bit);
    return out;
  });
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);

  function line(sign: number): void {
    for (let half = 1, stride = size / 2; half < size; half *= 2, stride /= 2)
      for (let start = 0; start < size; start += 2 * half)
        for (let at = start, turn = 0; at < start + half; at++, turn += stride) {
          const [c, s] = [cosines[turn]!, sign * sines[turn]!];
          const other = at + half;
          const [x, y] = [real[other]!, imaginary[other]!];
          const [a, b] = [x * c - y * s, x * s + y * c];
          real[other] = real[at]! - a;
          imaginary[other] = imaginary[at]! - b;
          real[at] = real[at]! + a;
          imaginary[at] = imaginary[at]! + b;
        }
  }

  return (picture, inverse = false) => {
    const sign = inverse ? 1 : -1;
    for (const [step, next] of [
      [1, size],
      [size, 1],
    ] as const)
      for (let index = 0; index < size; index++) {
        const start = index * next;
        for (let at = 0; at < size; at++) {
          real[reversed[at]!] = picture.real[start + at * step]!;
          imaginary[reversed[at]!] = picture.imaginary[start + at * step]!;
        }
        line(sign);
        for (let at = 0; at < size; at++) {
          picture.real[start + at * step] = real[at]!;
          picture.imaginary[start + at * step] = imaginary[at]!;
        }
      }
  };
}
