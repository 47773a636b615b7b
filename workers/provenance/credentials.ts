import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../engine/failure.ts';
import { ownSecret } from '../../engine/home/own-secret.ts';
import type { OwnFiles } from '../../engine/provenance/own-files.ts';
import { makeTestCertificate, testCertificateName } from './test-certificate.ts';

/** What is signed with. */
export interface Credentials {
  /** PEM, the signer's first. */
  chain: string;
  key: string;
  algorithm: 'es256' | 'es384' | 'es512' | 'ps256' | 'ed25519';
  /** SHA-256 of the signer's certificate. */
  id: string;
  /** Nobody vouches for it. */
  test: boolean;
}

/** The certificate and key of the files, where given; else those of the home, made on first use for its owner's eyes only (mode 600). Several
 * processes that make them at the same time end up with the same. Throws Failure PQL626. */
export async function readCredentials(home: string, own: OwnFiles | null): Promise<Credentials> {
  const pem = own === null ? await ofHome(home) : await both(own);
  try {
    const [first] = pem.match(certificates) ?? [];
    const certificate = new X509Certificate(first ?? '');
    const key = createPrivateKey(pem);
    if (!certificate.checkPrivateKey(key)) throw new Error('the key is not that of the first certificate');
    return {
      chain: (pem.match(certificates) ?? []).join('\n'),
      key: key.export({ type: 'pkcs8', format: 'pem' }) as string,
      algorithm: algorithmOf(key),
      id: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
      test: certificate.subject.includes(testCertificateName),
    };
  } catch (error) {
    throw broken(error, own);
  }
}

const certificates = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Key and chain in one file, so that never one is there without the other. */
function ofHome(home: string): Promise<string> {
  return ownSecret(join(home, 'credentials.pem'), () => {
    const { chain, key } = makeTestCertificate(new Date());
    return chain + key;
  });
}

async function both(own: OwnFiles): Promise<string> {
  const texts = [own.certificate, own.key].map((file) => readFile(file, 'utf8'));
  return (await Promise.all(texts).catch((error) => Promise.reject(broken(error, own)))).join('\n');
}

function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): Credentials['algorithm'] {
  if (asymmetricKeyType === 'ed25519') return 'ed25519';
  if (asymmetricKeyType === 'rsa' || asymmetricKeyType === 'rsa-pss') return 'ps256';
  const curve = asymmetricKeyDetails?.namedCurve ?? '';
  const known = ({ prime256v1: 'es256', secp384r1: 'es384', secp521r1: 'es512' } as const)[curve];
  if (known === undefined) throw new Error('the key is none of P-256, P-384, P-521, Ed25519, RSA');
  return known;
}

function broken(error: unknown, own: OwnFiles | null): Failure {
  const why = error instanceof Error ? error.message : String(error);
  return new Failure('permanent', 'PQL626', `what signs content credentials cannot be used: ${why}`, {
    hint:
      own === null
        ? 'remove credentials.pem from the home; another test certificate is made'
        : 'set PQL_C2PA_CERT to the chain and PQL_C2PA_KEY to its key, both as files in PEM',
    cause: error,
  });
}
