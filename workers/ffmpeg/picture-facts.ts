import type { ImageFacts } from '../../dsl/facts.ts';
import { Failure } from '../../engine/failure.ts';
import { mediaLimits } from './limits.ts';

/** Facts of a PNG, JPEG or WebP. `container` is what its first bytes said, so that no other decoder is ever tried. */
export async function pictureFacts(
  path: string,
  container: 'png' | 'jpeg' | 'webp',
  bytes: number,
): Promise<ImageFacts> {
  // Loaded when the first picture comes: it is large, and most commands see none.
  const { default: sharp } = await import('sharp');
  const picture = sharp(path, { limitInputPixels: false, failOn: 'error', pages: 1 });
  const found = await picture.metadata().catch((cause: unknown) => {
    throw new Failure('user', 'PQL433', 'the picture is damaged', { hint: 'copy it again', cause });
  });
  const [width, height] = [found.width ?? 0, found.height ?? 0];
  if (found.format !== container)
    throw new Failure('user', 'PQL433', 'the picture is damaged', { hint: 'copy it again' });
  if (width * height > mediaLimits.pixels || Math.max(width, height) > mediaLimits.side)
    throw new Failure('user', 'PQL435', `the picture of ${width}×${height} is too large`, {
      hint: 'make it at most 8192×8192 pixels before you give it',
    });
  await sharp(path, { limitInputPixels: mediaLimits.pixels, failOn: 'error', pages: 1 })
    .stats()
    .catch((cause: unknown) => {
      throw new Failure('user', 'PQL433', 'the picture is cut short or damaged', {
        hint: 'copy it again',
        cause,
      });
    });
  // EXIF orientations 5 to 8 lie on their side.
  const lying = (found.orientation ?? 1) >= 5;
  return { kind: 'image', container, bytes, width: lying ? height : width, height: lying ? width : height };
}
