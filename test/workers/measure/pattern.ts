/** A grey picture of 240×240 bytes: waves of several directions, moved right and down by so many pixels. */
export function pattern(right: number, down: number): Uint8Array {
  return Uint8Array.from({ length: 240 * 240 }, (_, at) => {
    const [x, y] = [(at % 240) - right, Math.floor(at / 240) - down];
    return Math.floor(128 + 50 * Math.sin(x / 7) + 40 * Math.cos(y / 9) + 30 * Math.sin((x + y) / 5) + 0.5);
  });
}
