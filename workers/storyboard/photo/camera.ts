import { createCamera } from '../optics/camera.ts';
import type { Random } from '../random.ts';

/** Share of a side that the camera moves beyond the frame at most. */
export const panReach = 0.2;
/** The same where the picture has nothing there, so that it has to be enlarged by twice as much. */
const zoomReach = 0.09;
/** How much nearer the lower edge is than the middle, and the upper edge farther: enough to see depth, too little to see that it is guessed. */
const slope = 0.18;

/** Where the camera is: pixels that the frame's content moves, the way forward in distances of the picture's middle, and how much it is enlarged. */
export interface Glance {
  x: number;
  y: number;
  /** Moves what is near more than what is far. */
  truck: number;
  dolly: number;
  zoom: number;
}

/** How near a row is: 1 in the middle of the frame. Whatever stands on the ground is nearer the lower it stands. */
export function nearness(y: number, height: number): number {
  const down = Math.min(1, Math.max(0, y / height)) * 2 - 1;
  return 1 + slope * down * (1.5 - 0.5 * down * down);
}

/** The camera's way from the picture as it is: at time 0 nothing has moved. `hang` are the pixels that the picture reaches beyond the frame, at its shorter end;
 * where it reaches less far than the camera, it is enlarged as the camera moves, so that no edge is ever seen. `grown` is 0 at first and 1 from a second on. */
export function createPhotoCamera(
  move: string | null,
  frame: { width: number; height: number; duration: number },
  hang: { x: number; y: number },
  random: Random,
  grown: (time: number) => number,
): (time: number) => Glance {
  const { width, height, duration } = frame;
  if (move === 'static') return () => ({ x: 0, y: 0, truck: 0, dolly: 0, zoom: 1 });
  const aim = createCamera(move, frame, random);
  const first = aim(0);
  const shakes = move === 'handheld';
  // Nobody asked: a slow approach. Backwards there is nothing to be seen that the picture has not, so only a little.
  const dollied = move === null ? 2 : move === 'dolly-out' ? 0.4 : 1;
  const raw = (time: number) => {
    const { yaw, tilt, truck, dolly } = aim(time);
    const share = shakes ? grown(time) : 1;
    return {
      x: (yaw - first.yaw) * share,
      y: (tilt - first.tilt) * share,
      truck: (truck - first.truck) * share,
      dolly: (dolly - first.dolly) * share * dollied,
    };
  };
  const way = Array.from({ length: 65 }, (_, step) => raw((duration * step) / 64));
  const far = Math.max(...way.map(({ x, truck }) => Math.abs(x) + Math.abs(truck) * (1 + slope)), 1e-9);
  const high = Math.max(...way.map(({ y }) => Math.abs(y)), 1e-9);
  const shareX = Math.min(1, Math.min(width * panReach, hang.x + width * zoomReach) / far);
  const shareY = Math.min(1, Math.min(height * panReach, hang.y + height * zoomReach) / high);
  const most = Math.max(
    (2 * Math.max(0, far * shareX - hang.x)) / width,
    (2 * Math.max(0, high * shareY - hang.y)) / height,
  );
  return (time) => {
    const { x, y, truck, dolly } = raw(time);
    const gone = shakes
      ? grown(time)
      : Math.max((Math.abs(x) + Math.abs(truck) * (1 + slope)) / far, Math.abs(y) / high);
    return {
      ...{ x: x * shareX, y: y * shareY, truck: truck * shareX, dolly },
      zoom: 1 + most * Math.min(1, gone) * 1.02,
    };
  };
}
