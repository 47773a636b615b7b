import { createPrivateKey, createPublicKey } from 'node:crypto';
import { canonicalJson, type JsonObject } from '../../../dsl/json.ts';

/** What is signed: the header says so, so that a head is never taken for a grant. */
export type Signed = 'watchai-grant' | 'watchai-consent-head';

/** Signs and verifies with the installation's key. */
export interface Signer {
  /** A compact JWS (RFC 7515) of the canonical JSON, Ed25519 under the name EdDSA (RFC 8037). */
  sign(type: Signed, payload: JsonObject): Promise<string>;
  /** What was signed; null where the signature, the algorithm, the type or the form is not exactly ours. */
  verify(type: Signed, text: string): Promise<JsonObject | null>;
}

/** One algorithm and no other, whatever a header asks for: https://www.rfc-editor.org/rfc/rfc8725#section-3.1. */
const algorithms = ['EdDSA'];

/** The signer of a private key, which `pem` gives when it is first needed; the library is loaded with it. */
export function createSigner(pem: () => Promise<string>): Signer {
  let opened: Promise<Awaited<ReturnType<typeof open>>> | null = null;
  const ready = () => {
    opened ??= pem().then(open);
    opened.catch(() => {
      opened = null;
    });
    return opened;
  };
  return {
    async sign(type, payload) {
      const { library, secret } = await ready();
      return new library.CompactSign(new TextEncoder().encode(canonicalJson(payload)))
        .setProtectedHeader({ alg: 'EdDSA', typ: type })
        .sign(secret);
    },
    async verify(type, text) {
      const { library, open } = await ready();
      try {
        const { payload, protectedHeader } = await library.compactVerify(text, open, { algorithms });
        if (protectedHeader.typ !== type) return null;
        const said = new TextDecoder('utf-8', { fatal: true }).decode(payload);
        const read = JSON.parse(said) as JsonObject;
        return canonicalJson(read) === said ? read : null;
      } catch {
        return null;
      }
    },
  };
}

async function open(pem: string) {
  const library = await import('jose');
  const secret = createPrivateKey(pem);
  if (secret.asymmetricKeyType !== 'ed25519')
    throw new Error(
      'the key that signs grants is no Ed25519 key: remove consent.key from the home, or set PQL_CONSENT_KEY anew',
    );
  return { library, secret, open: createPublicKey(secret) };
}

/** Where there is no key: nothing can be signed, and nothing is believed. */
export const noSigner: Signer = Object.freeze({
  sign: () => Promise.reject(new Error('there is no key to sign with here')),
  verify: async () => null,
});
