import { resolve } from 'node:path';

/** Where artifacts are kept that several machines share. */
export type ArtifactPlace = SharedFolderPlace | S3Place;

export interface SharedFolderPlace {
  type: 'folder';
  /** Absolute, and the same files on every machine. */
  folder: string;
}

export interface S3Place {
  type: 's3';
  bucket: string;
  /** Before every key, without slashes at its ends; empty for none. */
  prefix: string;
  /** Of a server other than Amazon's; null for theirs. */
  endpoint: string | null;
  region: string | null;
}

/** Reads PQL_ARTIFACTS: a folder, or `s3://bucket/prefix`. Says what is wrong in words that go on after the name of the variable. */
export function readPlace(
  text: string,
  cwd: string,
  s3: () => Pick<S3Place, 'endpoint' | 'region'>,
): ArtifactPlace | { problem: string } {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return { type: 'folder', folder: resolve(cwd, text) };
  const said = /^s3:\/\/([^/]+)\/*(.*?)\/*$/i.exec(text);
  const [, bucket = '', prefix = ''] = said ?? [];
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html; credentials before an @ are none.
  if (scheme !== 's3' || !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    return { problem: 'is neither a folder nor s3://bucket/prefix' };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what a key must not have
  if (/[\u0000-\u001f\u007f?#]|(?:^|\/)\.{0,2}(?:\/|$)/.test(prefix) && prefix !== '')
    return { problem: 'has a prefix with empty parts, dots, ? or #' };
  return { type: 's3', bucket, prefix, ...s3() };
}

/** `20GB`, `500 MiB`: an amount with its unit, as bytes; null when it is none. */
export function readByteCount(text: string): number | null {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(text) ?? [];
  const scale = scales.get(unit.toLowerCase());
  const bytes = Number(number) * (scale ?? Number.NaN);
  return scale === undefined || !Number.isSafeInteger(Math.round(bytes)) ? null : Math.round(bytes);
}

const scales: ReadonlyMap<string, number> = new Map([
  ['b', 1],
  ['kb', 1e3],
  ['mb', 1e6],
  ['gb', 1e9],
  ['tb', 1e12],
  ['kib', 2 ** 10],
  ['mib', 2 ** 20],
  ['gib', 2 ** 30],
  ['tib', 2 ** 40],
]);
