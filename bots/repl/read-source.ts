import { isUtf8 } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';

/** Something is wrong with what stands on the command line; the exit status is 2. */
export class ArgumentError extends Error {
  override name = 'ArgumentError';
  readonly hint: string | null;

  constructor(message: string, hint: string | null = null) {
    super(message);
    this.hint = hint;
  }
}

/** A script may be this long, in bytes; a film's worth of statements is a few kilobytes. */
const longest = 16 * 1024 * 1024;

/** The text of a script: of a file, or of standard input when the file is called `-`. */
export async function readSource(file: string, input: Readable): Promise<string> {
  if (file === '-') return decode(await readAll(input), 'standard input');
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT'
      ? new ArgumentError(
          `${file}: there is no such file`,
          'for a statement on the command line use pql -c "…"',
        )
      : new ArgumentError(`${file}: cannot be read (${error.code})`);
  });
  if (found.isDirectory()) throw new ArgumentError(`${file}: this is a folder, not a file`);
  if (found.size > longest) throw new ArgumentError(`${file}: too long for a script (16 MB at most)`);
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new ArgumentError(`${file}: cannot be read (${error.code})`);
  });
  return decode(bytes, file);
}

async function readAll(input: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of input) {
    size += (chunk as Buffer).length;
    if (size > longest) throw new ArgumentError('standard input: too long for a script (16 MB at most)');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Buffer, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ArgumentError(
      `${name}: not a text in UTF-8${placeOf(bytes)}`,
      'save it as UTF-8, then try again',
    );
  }
}

/** Where the first byte stands that is no UTF-8, since most of the text usually is. */
function placeOf(bytes: Buffer): string {
  if (bytes.length >= 2 && (bytes.readUInt16BE(0) === 0xfffe || bytes.readUInt16BE(0) === 0xfeff))
    return ' but in UTF-16';
  for (let line = 1, start = 0; start < bytes.length; line++) {
    const next = bytes.indexOf(10, start);
    const end = next < 0 ? bytes.length : next;
    if (!isUtf8(bytes.subarray(start, end))) return `, from line ${line} on`;
    start = end + 1;
  }
  return '';
}
