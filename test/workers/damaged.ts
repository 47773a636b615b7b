import { readFile } from 'node:fs/promises';

/** An MP4's bytes with its index in order and its pictures and sound spoilt from a share of them on. */
export async function damaged(path: string, from: number): Promise<Buffer> {
  const bytes = await readFile(path);
  const [data, index] = [bytes.indexOf('mdat') + 4, bytes.indexOf('moov') - 4];
  const end = index > data ? index : bytes.length;
  return bytes.fill(0xa5, Math.floor(data + (end - data) * from), end);
}
