import { join } from 'node:path';
import type { ImageFacts } from '../../dsl/facts.ts';
import { mediaLimits } from '../ffmpeg/limits.ts';
import type { Desk, Input } from '../handler.ts';
import type { FitTools, Fitted } from './fitted.ts';

const mostTries = 8;

/** A picture of at most `bytes`: JPEG, or WebP where it is see-through, as large as fits; null when none does. */
export async function fitPicture(
  tools: FitTools,
  input: Input & { facts: ImageFacts },
  bytes: number,
  desk: Desk,
): Promise<Fitted | null> {
  const { default: sharp } = await import('sharp');
  const { width, height } = input.facts;
  let factor = 1;
  for (let attempt = 1; attempt <= mostTries; attempt++) {
    desk.signal.throwIfAborted();
    const picture = sharp(input.path, { limitInputPixels: mediaLimits.pixels, failOn: 'error', pages: 1 });
    const { hasAlpha } = await picture.metadata();
    const file = join(desk.scratch, hasAlpha ? 'preview.webp' : 'preview.jpeg');
    const sized = picture
      .rotate()
      .resize({ width: Math.max(16, Math.round(width * factor)), withoutEnlargement: true });
    const { size } = await (hasAlpha ? sized.webp({ quality: 85 }) : sized.jpeg({ quality: 85 })).toFile(
      file,
    );
    if (size <= bytes) {
      const facts = (await tools.prober.probe(file, desk.signal)) as ImageFacts;
      const smaller = facts.width < width ? ` instead of ${width}×${height}` : '';
      return { file, facts, says: `a preview at ${facts.width}×${facts.height}${smaller}` };
    }
    factor *= Math.min(0.9, Math.sqrt(bytes / size) * 0.95);
  }
  return null;
}
