import type { FileText } from '../../engine/consent/file-words/port.ts';
import { mediaLimits } from './limits.ts';

/** What XMP says of whom or what a picture shows, as people call it. */
const shown: Readonly<Record<string, string>> = Object.freeze({
  'dc:title': 'the title',
  'dc:description': 'the description',
  'dc:subject': 'the keywords',
  'photoshop:Headline': 'the headline',
  'Iptc4xmpExt:PersonInImage': 'the people',
});

/** EXIF's ImageDescription. */
const imageDescription = 0x010e;

/** What a picture says that it shows, in XMP and EXIF; nothing where neither can be read. Reads its head, and no pixel. */
export async function pictureWords(path: string): Promise<FileText[]> {
  const { default: sharp } = await import('sharp');
  const found = await sharp(path, { limitInputPixels: mediaLimits.pixels })
    .metadata()
    .catch(() => null);
  if (found === null) return [];
  const description = found.exif === undefined ? null : descriptionIn(found.exif);
  return [
    ...(found.xmp === undefined ? [] : textsOfXmp(found.xmp.toString('utf8'))),
    ...(description === null
      ? []
      : [{ place: 'the description', kind: 'about' as const, text: description }]),
  ];
}

/** Properties written as elements, each with one text or a list of them, and as attributes. */
function textsOfXmp(xmp: string): FileText[] {
  return Object.entries(shown).flatMap(([property, place]) => {
    const element = new RegExp(`<${property}[\\s>]([\\s\\S]*?)</${property}>`).exec(xmp)?.[1];
    const attribute = new RegExp(`\\s${property}\\s*=\\s*"([^"]*)"`).exec(xmp)?.[1];
    const text = `${element ?? ''}\n${attribute ?? ''}`
      .replace(/<[^>]*>?/g, '\n')
      .replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name] ?? ' ')
      .replace(/\s*\n\s*/g, '\n')
      .trim();
    return text === '' ? [] : [{ place, kind: 'about' as const, text }];
  });
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The description in the first directory of EXIF (TIFF 6.0 §2); null where there is none, or where the file contradicts itself. */
function descriptionIn(exif: Buffer): string | null {
  const tiff = exif.subarray(exif.toString('latin1', 0, 4) === 'Exif' ? 6 : 0);
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const u16 = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const u32 = (at: number) => (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  try {
    const directory = u32(4);
    for (let n = 0; n < u16(directory); n++) {
      const entry = directory + 2 + 12 * n;
      if (u16(entry) !== imageDescription) continue;
      const length = u32(entry + 4);
      const at = length > 4 ? u32(entry + 8) : entry + 8;
      return tiff
        .toString('utf8', at, at + length)
        .replaceAll('\0', ' ')
        .trim();
    }
    return null;
  } catch (error) {
    // A directory that ends before its entries do.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
