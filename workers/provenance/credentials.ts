import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ownSecret } from '../../engine/home/own-secret.ts';
import type { OwnFiles } from '../../engine/provenance/own-files.ts';
import { nameOf, readChain } from './chain.ts';
import { readKey } from './key.ts';
import { makeTestCertificate, testCertificateName } from './test-certificate.ts';
import { unfit } from './unfit.ts';

/** What is signed with. */
export interface Credentials {
  /** PEM, the signer's first. */
  chain: string;
  /** PKCS #8 in PEM. */
  key: string;
  algorithm: 'es256' | 'es384' | 'es512' | 'ps256' | 'ed25519';
  /** SHA-256 of the signer's certificate. */
  id: string;
  /** That certificate alone, in PEM. */
  certificate: string;
  /** Nobody vouches for it. */
  test: boolean;
  /** The signer's, as the certificate has it. */
  name: string;
  ends: Date;
}

/** The certificate and key of the files, where given; else those of the home, made on first use for its owner's eyes only (mode 600). Several
 * processes that make them at the same time end up with the same. Throws Failure PQL626, which says what to do. */
export async function readCredentials(
  home: string,
  own: OwnFiles | null,
  now = new Date(),
): Promise<Credentials> {
  const [chain, key] = own === null ? await ofHome(home, now) : await both(own);
  const certificates = readChain(chain, now, own === null);
  const signer = certificates[0]!;
  const name = nameOf(signer);
  return {
    ...readKey(key, signer, own === null),
    chain: certificates.map(String).join(''),
    certificate: String(signer),
    id: signer.fingerprint256.replaceAll(':', '').toLowerCase(),
    test: name === testCertificateName,
    name,
    ends: new Date(signer.validTo),
  };
}

/** Where a home keeps key and chain: in one file, so that never one is there without the other. */
export const homeFile = (home: string) => join(home, 'credentials.pem');

async function ofHome(home: string, now: Date): Promise<[string, string]> {
  const pem = await ownSecret(homeFile(home), () => {
    const { chain, key } = makeTestCertificate(now);
    return chain + key;
  });
  return [pem, pem];
}

function both(own: OwnFiles): Promise<[string, string]> {
  const read = (variable: string, file: string) =>
    readFile(file, 'utf8').catch((error) => unreadable(variable, error));
  return Promise.all([read('PQL_C2PA_CERT', own.certificate), read('PQL_C2PA_KEY', own.key)]);
}

function unreadable(variable: string, error: NodeJS.ErrnoException): never {
  throw unfit(
    error.code === 'ENOENT'
      ? `there is no file where ${variable} says`
      : `the file of ${variable} cannot be read`,
    `see that ${variable} names a file in PEM that pql may read`,
    error,
  );
}
