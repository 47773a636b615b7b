import { openCanvas } from '../canvas.ts';
import { createLens } from '../optics/lens.ts';
import type { Random } from '../random.ts';
import type { Time, Weather } from '../scene/scene.ts';
import { setStage } from '../scene/stage.ts';
import { precipitation } from '../weather/precipitation.ts';

/** Rain, snow and lightning before a picture, the same as before a drawn scene; null where the weather has none. Lays itself over a frame of display values. */
export function createFall(
  said: { time: Time | null; weather: Weather | null },
  { width, height }: { width: number; height: number },
  random: Random,
  open: number,
): ((to: Float32Array, time: number, share: number) => void) | null {
  const { time, weather } = said;
  if (weather === null) return null;
  const brief = { setting: 'plain', time: time ?? 'day', weather, subjects: [], undrawn: [] } as const;
  const stage = setStage(
    { ...brief, subjects: [], undrawn: [] },
    { width, height },
    createLens(null),
    random,
  );
  const items = precipitation(stage, open);
  if (items.length === 0) return null;
  const { pen } = openCanvas(width, height);
  return (to, at, share) => {
    pen.clearRect(0, 0, width, height);
    for (const item of items) {
      pen.save();
      item.draw(pen, at);
      pen.restore();
    }
    const { data } = pen.getImageData(0, 0, width, height);
    const pixels = new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
    for (let pixel = 0; pixel < pixels.length; pixel++) {
      if (pixels[pixel] === 0) continue;
      const from = pixel * 4;
      const cover = (data[from + 3]! / 255) * share;
      for (let part = 0; part < 3; part++) {
        const put = pixel * 3 + part;
        to[put]! += (data[from + part]! / 255 - to[put]!) * cover;
      }
    }
  };
}
