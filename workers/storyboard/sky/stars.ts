import type { Aim } from '../optics/camera.ts';
import type { Stage } from '../scene/scene.ts';

/** Stars that twinkle a little, added to the frame's light above row `bottom`. */
export function createStars(
  stage: Stage,
): (frame: Float32Array, time: number, aim: Aim, bottom: number) => void {
  const random = stage.random.fork('stars');
  const { width, horizon, unit } = stage;
  const count = Math.round(stage.palette.stars * 420 * (width / unit));
  const stars = Array.from({ length: count }, () => ({
    x: random.between(-0.3, 1.3) * width,
    y: horizon * (1 - random.between(0.12, 1.4)),
    light: 0.06 + 0.85 * random.next() ** 6,
    warm: random.next(),
    phase: random.between(0, 6.28),
  }));
  return (frame, time, aim, bottom) => {
    for (const star of stars) {
      const px = star.x + aim.yaw;
      const py = star.y + aim.tilt;
      const x = Math.floor(px);
      const y = Math.floor(py);
      if (x < 0 || y < 0 || x >= width - 1 || y >= bottom - 1) continue;
      const height = Math.min(1, Math.max(0, (horizon - star.y) / unit - 0.05) * 3);
      const light =
        star.light * height * stage.palette.stars * (0.8 + 0.2 * Math.sin(time * 2.3 + star.phase));
      const size = unit / 720;
      for (const [dx, dy, share] of [
        [0, 0, (1 - (px - x)) * (1 - (py - y))],
        [1, 0, (px - x) * (1 - (py - y))],
        [0, 1, (1 - (px - x)) * (py - y)],
        [1, 1, (px - x) * (py - y)],
      ] as const) {
        const at = ((y + dy) * width + x + dx) * 3;
        // What clouds cover is brighter already; a star adds less there.
        const add = light * share * Math.max(1, size);
        frame[at]! += add * (0.85 + 0.3 * star.warm);
        frame[at + 1]! += add * 0.95;
        frame[at + 2]! += add * (1.2 - 0.3 * star.warm);
      }
    }
  };
}
