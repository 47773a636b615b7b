import { Failure } from '../../../engine/failure.ts';
import { mediaLimits } from '../../ffmpeg/limits.ts';
import { panReach } from './camera.ts';

/** A picture that fills a frame: the frame is its middle, and what hangs over on each side the camera may move to. Bytes of red, green and blue. */
export interface Photo {
  width: number;
  height: number;
  /** Pixels beyond the left and the upper side of the frame. */
  left: number;
  top: number;
  data: Buffer;
}

/** Reads a picture upright, as the first page of it, in sRGB, transparent places black; scaled until it covers the frame around its middle. */
export async function loadPhoto(
  path: string,
  picture: { width: number; height: number },
  frame: { width: number; height: number },
): Promise<Photo> {
  const scale = Math.max(frame.width / picture.width, frame.height / picture.height);
  const full = {
    width: Math.max(frame.width, Math.round(picture.width * scale)),
    height: Math.max(frame.height, Math.round(picture.height * scale)),
  };
  const x = kept(full.width, frame.width);
  const y = kept(full.height, frame.height);
  const { default: sharp } = await import('sharp');
  try {
    const { data, info } = await sharp(path, {
      limitInputPixels: mediaLimits.pixels,
      failOn: 'error',
      pages: 1,
    })
      .rotate()
      .resize(full.width, full.height, { fit: 'fill' })
      .extract({ left: x.from, top: y.from, width: x.size, height: y.size })
      .flatten()
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return {
      ...{ width: info.width, height: info.height, left: x.before, top: y.before },
      data: inColour(data, info.channels),
    };
  } catch (cause) {
    throw new Failure('user', 'PQL433', 'the picture is cut short or damaged', {
      hint: 'copy it again',
      cause,
    });
  }
}

/** What is kept of a side: the frame in the middle, and as much around it as a camera moves. */
function kept(full: number, frame: number): { from: number; size: number; before: number } {
  const start = Math.floor((full - frame) / 2);
  const before = Math.min(start, Math.ceil(frame * panReach));
  const after = Math.min(full - frame - start, Math.ceil(frame * panReach));
  return { from: start - before, size: before + frame + after, before };
}

/** Grey pictures come with one channel. */
function inColour(data: Buffer, channels: number): Buffer {
  if (channels === 3) return data;
  const colour = Buffer.alloc((data.length / channels) * 3);
  for (let at = 0; at < colour.length; at++) colour[at] = data[Math.floor(at / 3) * channels] ?? 0;
  return colour;
}
