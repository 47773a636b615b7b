/** Mean and largest absolute difference of two grey pictures of equal size, 0 to 1. */
export function difference(a: Uint8Array, b: Uint8Array): { mean: number; max: number } {
  let [sum, max] = [0, 0];
  for (let at = 0; at < a.length; at++) {
    const apart = Math.abs((a[at] ?? 0) - (b[at] ?? 0));
    sum += apart;
    if (apart > max) max = apart;
  }
  return { mean: sum / a.length / 255, max: max / 255 };
}

/** Mean of a grey picture, 0 (black) to 1 (white). */
export function brightness(picture: Uint8Array): number {
  let sum = 0;
  for (const level of picture) sum += level;
  return sum / picture.length / 255;
}

/** Variance of the Laplacian of a grey picture in levels of 255, squared: how many edges it has and how sharp they are (Pech-Pacheco et
 * al., ICPR 2000). Borders are mirrored as OpenCV does by default. */
export function sharpness(picture: Uint8Array, width: number, height: number): number {
  let [sum, squares] = [0, 0];
  for (let y = 0; y < height; y++) {
    const [above, below] = [mirrored(y - 1, height) * width, mirrored(y + 1, height) * width];
    for (let x = 0; x < width; x++) {
      const edge =
        (picture[above + x] ?? 0) +
        (picture[below + x] ?? 0) +
        (picture[y * width + mirrored(x - 1, width)] ?? 0) +
        (picture[y * width + mirrored(x + 1, width)] ?? 0) -
        4 * (picture[y * width + x] ?? 0);
      sum += edge;
      squares += edge * edge;
    }
  }
  const count = width * height;
  return squares / count - (sum / count) ** 2;
}

function mirrored(at: number, size: number): number {
  if (at < 0) return Math.min(-at, size - 1);
  return at < size ? at : Math.max(0, 2 * size - 2 - at);
}
