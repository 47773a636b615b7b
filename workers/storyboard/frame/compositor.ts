import { type Canvas, openCanvas, type Pen } from '../canvas.ts';
import { type Aim, type View, viewAt } from '../optics/camera.ts';
import { exposures } from '../optics/shutter.ts';
import type { Box, Item, Stage } from '../scene/scene.ts';

export interface Optics {
  camera(time: number): Aim;
  blur(depth: number): number;
  /** Seconds the shutter is open. */
  open: number;
  /** The nearest that the camera gets, in hero distances: pictures are kept as large as they will be shown. */
  closest: number;
}

type Room = ReturnType<typeof openCanvas>;

interface Sprite {
  canvas: Canvas;
  box: Box;
}

/** Draws items on a canvas as the camera sees them: still ones from kept pictures, others anew, with the blur of their depth and the
 * smear of their movement. `mirrored` draws the image in the water. */
export function createCompositor(
  stage: Stage,
  optics: Optics,
): (pen: Pen, item: Item, time: number, mirrored: boolean) => void {
  const { width, height } = stage;
  const sprites = new Map<Item, Sprite>();
  const rooms = new Map<string, [Room, Room]>();

  const place = (pen: Pen, item: Item, time: number, mirrored: boolean, left = 0, top = 0) => {
    const view = viewAt(optics.camera(time), item.depth);
    // Whatever an item sets on the pen ends with it, or a frame would depend on the one before.
    pen.save();
    pen.setTransform(
      view.scale,
      0,
      0,
      view.scale,
      (width / 2) * (1 - view.scale) + view.dx - left,
      stage.horizon * (1 - view.scale) + view.dy - top,
    );
    if (mirrored) pen.transform(1, 0, 0, -1, 0, 2 * item.waterline!);
    if (item.pose) {
      const pose = item.pose(time);
      const pivot = item.pivot ?? { x: 0, y: 0 };
      pen.translate(pivot.x + pose.dx, pivot.y + pose.dy);
      pen.rotate(pose.turn);
      pen.translate(-pivot.x, -pivot.y);
    }
    if (item.still) {
      const { canvas, box } = keep(item);
      pen.drawImage(canvas, box.x, box.y, box.width, box.height);
    } else item.draw(pen, time);
    pen.restore();
  };

  const keep = (item: Item): Sprite => {
    const known = sprites.get(item);
    if (known) return known;
    const sharpness = viewAt({ yaw: 0, tilt: 0, truck: 0, dolly: optics.closest }, item.depth).scale;
    const blur = optics.blur(item.depth);
    const pad = Math.ceil(blur * 3) + 1;
    const box = grow(item.box, pad);
    const plain = openCanvas(box.width * sharpness, box.height * sharpness);
    plain.pen.scale(sharpness, sharpness);
    plain.pen.translate(-box.x, -box.y);
    item.draw(plain.pen, 0);
    const sprite = { canvas: plain.canvas, box };
    if (blur > 0) {
      const soft = openCanvas(plain.canvas.width, plain.canvas.height);
      soft.pen.filter = `blur(${(blur * sharpness).toFixed(2)}px)`;
      soft.pen.drawImage(plain.canvas, 0, 0);
      sprite.canvas = soft.canvas;
    }
    sprites.set(item, sprite);
    return sprite;
  };

  /** How far the item moves in the frame while the shutter is open. */
  const smear = (item: Item, time: number): number => {
    const centre = { x: item.box.x + item.box.width / 2, y: item.box.y + item.box.height / 2 };
    const where = (at: number) => {
      const view = viewAt(optics.camera(at), item.depth);
      const pose = item.pose?.(at) ?? { dx: 0, dy: 0, turn: 0 };
      const arm = item.box.height * pose.turn;
      return {
        x: (centre.x + pose.dx + arm - width / 2) * view.scale + view.dx,
        y: (centre.y + pose.dy - stage.horizon) * view.scale + view.dy,
        reach: (width / 2) * view.scale,
      };
    };
    const from = where(time - optics.open / 2);
    const to = where(time + optics.open / 2);
    const travelled = Math.hypot(to.x - from.x, to.y - from.y) + Math.abs(to.reach - from.reach) * 0.5;
    return travelled + (item.speed ?? 0) * optics.open;
  };

  /** Two canvases that hold an area; few sizes, since each canvas that is drawn from is copied when it changes. */
  const roomFor = (area: Box): [Room, Room] => {
    const [w, h] = [Math.ceil(area.width / 128) * 128, Math.ceil(area.height / 128) * 128];
    const known = rooms.get(`${w} ${h}`);
    if (known) return known;
    const made: [Room, Room] = [openCanvas(w, h), openCanvas(w, h)];
    rooms.set(`${w} ${h}`, made);
    return made;
  };

  return (pen, item, time, mirrored) => {
    if (item.fixed) {
      pen.save();
      item.draw(pen, time);
      pen.restore();
      return;
    }
    const blur = item.still ? 0 : optics.blur(item.depth);
    const times = exposures(time, optics.open, smear(item, time));
    if (times.length === 1 && blur === 0) {
      place(pen, item, time, mirrored);
      return;
    }
    const touched = times.map((at) => seen(stage, item, at, viewAt(optics.camera(at), item.depth), mirrored));
    const area = within(grow(unite(touched), Math.ceil(blur * 3) + 4), width, height);
    if (area.width <= 0 || area.height <= 0) return;
    const { x, y, width: w, height: h } = area;
    const [one, sum] = roomFor(area);
    sum.pen.clearRect(0, 0, w, h);
    sum.pen.globalCompositeOperation = 'lighter';
    sum.pen.globalAlpha = 1 / times.length;
    for (const at of times) {
      one.pen.clearRect(0, 0, w, h);
      place(one.pen, item, at, mirrored, x, y);
      sum.pen.drawImage(one.canvas, 0, 0, w, h, 0, 0, w, h);
    }
    sum.pen.globalAlpha = 1;
    sum.pen.globalCompositeOperation = 'source-over';
    if (blur > 0) pen.filter = `blur(${blur.toFixed(2)}px)`;
    pen.drawImage(sum.canvas, 0, 0, w, h, x, y, w, h);
    pen.filter = 'none';
  };
}

/** The item's box in the frame, with room for its own movement. */
function seen(stage: Stage, item: Item, time: number, view: View, mirrored: boolean): Box {
  const box = item.boxAt?.(time) ?? item.box;
  const top = mirrored ? 2 * item.waterline! - box.y - box.height : box.y;
  const slack = item.pose ? Math.max(box.width, box.height) * 0.3 : 0;
  return grow(
    {
      x: stage.width / 2 + (box.x - stage.width / 2) * view.scale + view.dx,
      y: stage.horizon + (top - stage.horizon) * view.scale + view.dy,
      width: box.width * view.scale,
      height: box.height * view.scale,
    },
    slack,
  );
}

function grow(box: Box, by: number): Box {
  const x = Math.floor(box.x - by);
  const y = Math.floor(box.y - by);
  return {
    x,
    y,
    width: Math.ceil(box.x + box.width + by) - x,
    height: Math.ceil(box.y + box.height + by) - y,
  };
}

function unite(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

function within(box: Box, width: number, height: number): Box {
  const x = Math.max(0, box.x);
  const y = Math.max(0, box.y);
  return {
    x,
    y,
    width: Math.min(width, box.x + box.width) - x,
    height: Math.min(height, box.y + box.height) - y,
  };
}
