import type { Random } from '../random.ts';

/** Where the camera is at a moment. `yaw` and `tilt` move everything alike, `truck` moves things by its share over their depth; frame
 * pixels. `dolly` is the way forward in hero distances. */
export interface Aim {
  yaw: number;
  tilt: number;
  truck: number;
  dolly: number;
}

/** A depth's place in the frame: `x' = pivotX + (x − pivotX) · scale + dx`, alike for y about the horizon. */
export interface View {
  scale: number;
  dx: number;
  dy: number;
}

/** The camera's way through a clip of `duration` seconds. */
export function createCamera(
  move: string | null,
  frame: { width: number; height: number; duration: number },
  random: Random,
): (time: number) => Aim {
  const { width, height, duration } = frame;
  const unit = Math.sqrt(width * height) * 0.75;
  const travel = width * Math.min(0.2, 0.05 * duration);
  const rise = height * Math.min(0.14, 0.035 * duration);
  const push = Math.min(0.18, 0.045 * duration);
  const drift = random.pick([-1, 1]) * unit * Math.min(0.012, 0.003 * duration);
  const shake = Array.from({ length: 6 }, () => random.between(0, 2 * Math.PI));
  const still: Aim = { yaw: 0, tilt: 0, truck: 0, dolly: 0 };
  const way = (time: number) => ease(Math.min(1, Math.max(0, time / duration)));
  const moves: Record<string, (time: number) => Aim> = {
    static: () => still,
    'pan-left': (time) => pan(travel * (way(time) - 0.5)),
    'pan-right': (time) => pan(travel * (0.5 - way(time))),
    'tilt-up': (time) => ({ ...still, tilt: rise * (way(time) - 0.5) }),
    'tilt-down': (time) => ({ ...still, tilt: rise * (0.5 - way(time)) }),
    'dolly-in': (time) => ({ ...still, dolly: push * way(time) }),
    'dolly-out': (time) => ({ ...still, dolly: push * (1 - way(time)) }),
    // Round the hero, who stays: what is behind moves with the camera, what is before it against.
    orbit: (time) => {
      const swing = travel * 0.55 * (way(time) - 0.5);
      return { ...still, yaw: swing, truck: -swing };
    },
    handheld: (time) => ({
      yaw: unit * 0.006 * wobble(time, shake[0]!, shake[1]!),
      tilt: unit * 0.005 * wobble(time * 1.15, shake[2]!, shake[3]!),
      truck: unit * 0.003 * wobble(time * 0.7, shake[4]!, shake[5]!),
      dolly: 0.004 * Math.sin(time * 0.9 + shake[0]!),
    }),
    // Nobody asked: a breath of movement, so that depth is seen.
    drift: (time) => ({ ...still, truck: drift * (way(time) - 0.5) * 2, dolly: 0.02 * way(time) }),
  };
  return moves[move ?? 'drift'] ?? moves.drift!;
}

/** How things at a depth are seen by a camera. */
export function viewAt(aim: Aim, depth: number): View {
  // What frames the picture close by moves less than it would, or it would be out of the frame at once.
  const ahead = Math.max(depth - aim.dolly * Math.min(1, depth ** 1.2), depth * 0.3, 0.05);
  return { scale: depth / ahead, dx: aim.yaw + aim.truck / ahead, dy: aim.tilt };
}

/** A pan turns the camera on its tripod; the lens sits a little before the axis, hence some parallax. */
function pan(amount: number): Aim {
  return { yaw: amount * 0.85, tilt: 0, truck: amount * 0.15, dolly: 0 };
}

/** Starts and stops softly, even speed between. */
function ease(at: number): number {
  const soft = at * at * (3 - 2 * at);
  return at * 0.6 + soft * 0.4;
}

function wobble(time: number, a: number, b: number): number {
  return (
    0.6 * Math.sin(time * 1.7 + a) + 0.28 * Math.sin(time * 3.9 + b) + 0.12 * Math.sin(time * 8.3 + a + b)
  );
}
