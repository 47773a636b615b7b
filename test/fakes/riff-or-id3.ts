import type { Asset } from '@trustnxt/c2pa-ts/asset';

/** A file of a kind that the second reader knows nothing of: where its credentials lie by the specification, a chunk `C2PA` of RIFF (WAV, WebP, AVI)
 * or a GEOB frame of ID3v2 (MP3). What they say and whether it holds remains the reader's. */
export function riffOrId3(bytes: Uint8Array): Asset {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = data.toString('latin1', 0, 4) === 'RIFF' ? inRiff(data) : inId3(data);
  const readOnly = () => Promise.reject(new Error('read only'));
  return {
    mimeType: 'application/octet-stream',
    dumpInfo: () => '',
    getDataLength: () => data.length,
    getDataRange: async (start = 0, length = data.length - start) => bytes.slice(start, start + length),
    getManifestJUMBF: () => (at === null ? undefined : bytes.slice(at.start, at.start + at.length)),
    getHashExclusionRange: () => at ?? { start: 0, length: 0 },
    ensureManifestSpace: readOnly,
    writeManifestJUMBF: readOnly,
  };
}

interface Place {
  start: number;
  length: number;
}

function inRiff(data: Buffer): Place | null {
  for (let at = 12; at + 8 <= data.length; ) {
    const length = data.readUInt32LE(at + 4);
    if (data.toString('latin1', at, at + 4) === 'C2PA') return { start: at + 8, length };
    at += 8 + length + (length % 2);
  }
  return null;
}

/** https://id3.org/id3v2.4.0-structure: sizes of seven bits a byte. */
function inId3(data: Buffer): Place | null {
  if (data.toString('latin1', 0, 3) !== 'ID3') return null;
  const size = (at: number) => [0, 1, 2, 3].reduce((sum, i) => sum * 128 + data[at + i]!, 0);
  for (let at = 10; at + 10 <= 10 + size(6); ) {
    const length = size(at + 4);
    const type = Buffer.from('application/c2pa\0');
    if (data.toString('latin1', at, at + 4) === 'GEOB' && data.indexOf(type, at) === at + 11) {
      // Behind the type, each up to a zero: a file's name and what it is.
      const name = data.indexOf(0, at + 11 + type.length);
      const start = data.indexOf(0, name + 1) + 1;
      return { start, length: at + 10 + length - start };
    }
    at += 10 + length;
  }
  return null;
}
