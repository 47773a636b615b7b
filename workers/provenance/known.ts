import { readFile } from 'node:fs/promises';
import type { OwnFiles } from '../../engine/provenance/own-files.ts';
import { certificatesIn, readCertificate } from './chain.ts';
import { homeFile } from './credentials.ts';

/** Certificates that are known here, in PEM. */
export interface Known {
  /** Those that this installation signs with today: that of the files, and that of the home. */
  ours: string;
  /** Those that it signed with before. */
  before: string;
  /** Those of authorities whose time stamps are believed. */
  clocks: string;
}

/** What VERIFY knows certificates by. Authorities of the own certificates are not among ours, since they vouch for others too. Whatever is wrong with any of them is no
 * matter here: what was signed before a certificate ended is still ours, and a file that cannot be read names nobody. `clocks`: a file. */
export async function knownHere(
  home: string,
  own: OwnFiles | null,
  more: { before?: readonly string[]; clocks?: string | null } = {},
): Promise<Known> {
  const { before = [], clocks = null } = more;
  const [files, ofHome, stamping] = await Promise.all(
    [own?.certificate ?? null, homeFile(home), clocks].map(textOf),
  );
  const first = (text = '') => certificatesIn(text).slice(0, 1);
  return {
    ours: together([...first(files), ...first(ofHome)]),
    before: together(before.flatMap(first)),
    clocks: together(certificatesIn(stamping ?? '')),
  };
}

/** Whether one of the certificates has this serial number, in decimal digits. */
export function hasSerial(pem: string, serial: string): boolean {
  return certificatesIn(pem).some(
    (each) => BigInt(`0x${readCertificate(each)?.serialNumber ?? '0'}`).toString() === serial,
  );
}

async function textOf(file: string | null): Promise<string> {
  return file === null ? '' : readFile(file, 'utf8').catch(() => '');
}

/** Without what is damaged, over which the library would fall. */
function together(pems: readonly string[]): string {
  return pems.filter((pem) => readCertificate(pem) !== null).join('\n');
}
