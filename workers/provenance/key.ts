import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto';
import type { Credentials } from './credentials.ts';
import { renewHome, unfit } from './unfit.ts';

/** Reads the key of a signer in PEM, and how it signs. Throws Failure PQL626. */
export function readKey(
  text: string,
  signer: X509Certificate,
  ofHome: boolean,
): Pick<Credentials, 'key' | 'algorithm'> {
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(text))
    throw unfit(
      'the key is behind a passphrase, which nobody is there to type',
      'write it without one (openssl pkey -in key.pem -out plain.pem), for the eyes of its owner only (chmod 600)',
    );
  const key = parsed(text, ofHome);
  if (!signer.checkPrivateKey(key))
    throw unfit(
      'the key is not that of the first certificate',
      ofHome
        ? renewHome
        : "the signer's certificate comes first in PQL_C2PA_CERT, and PQL_C2PA_KEY is its key",
    );
  return { key: key.export({ type: 'pkcs8', format: 'pem' }) as string, algorithm: algorithmOf(key) };
}

function parsed(text: string, ofHome: boolean): KeyObject {
  try {
    return createPrivateKey(text);
  } catch (error) {
    throw unfit(
      text.includes('PRIVATE KEY-----') ? 'the key is damaged' : 'there is no key in PEM',
      ofHome ? renewHome : 'let PQL_C2PA_KEY name the key of the first certificate in PQL_C2PA_CERT, in PEM',
      error,
    );
  }
}

function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): Credentials['algorithm'] {
  if (asymmetricKeyType === 'ed25519') return 'ed25519';
  const curve = asymmetricKeyDetails?.namedCurve ?? '';
  const known = ({ prime256v1: 'es256', secp384r1: 'es384', secp521r1: 'es512' } as const)[curve];
  if (known !== undefined) return known;
  const rsa = asymmetricKeyType === 'rsa' || asymmetricKeyType === 'rsa-pss';
  if (rsa && (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048) return 'ps256';
  throw unfit(
    rsa
      ? 'the key is RSA of less than 2048 bits'
      : `no reader takes signatures of its key (${curve || asymmetricKeyType})`,
    'ask for a certificate for a key on P-256, P-384, P-521, Ed25519, or RSA of 2048 bits or more',
  );
}
