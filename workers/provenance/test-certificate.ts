import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { bits, encoded, generalizedTime, identifier, sequence, utf8, yes } from './der.ts';

/** The name by which a test certificate is known for one. */
export const testCertificateName = 'WatchAI test certificate';

/** A certificate that nobody vouches for, with its key: ES256 under a root of its own, as the C2PA's certificate profile demands of a chain (the
 * leaf signs and does nothing else). The key of the root is forgotten at once. PEM. */
export function makeTestCertificate(now: Date): { chain: string; key: string } {
  const root = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const leaf = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const by = { name: 'WatchAI test root', ...root };
  const upper = certificate({ name: by.name, key: root.publicKey, by, authority: true, now });
  const lower = certificate({ name: testCertificateName, key: leaf.publicKey, by, authority: false, now });
  return {
    chain: `${lower}${upper}`,
    key: leaf.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

interface Wanted {
  name: string;
  key: KeyObject;
  by: { name: string; privateKey: KeyObject; publicKey: KeyObject };
  authority: boolean;
  now: Date;
}

/** Ten years, since what was signed shall be readable as long as people keep it. */
const life = 3650 * 86_400_000;

/** RFC 5280 §4.1. */
function certificate({ name, key, by, authority, now }: Wanted): string {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] as number) & 0x7f) | 1;
  const from = new Date(now.getTime() - 3_600_000);
  const body = sequence(
    encoded(0xa0, encoded(2, Buffer.from([2]))),
    encoded(2, serial),
    ecdsaWithSha256,
    nameOf(by.name),
    sequence(generalizedTime(from), generalizedTime(new Date(from.getTime() + life))),
    nameOf(name),
    key.export({ type: 'spki', format: 'der' }),
    encoded(
      0xa3,
      sequence(
        ...(authority ? ofAuthority : ofSigner),
        extension('2.5.29.14', encoded(4, keyId(key))),
        extension('2.5.29.35', sequence(encoded(0x80, keyId(by.publicKey)))),
      ),
    ),
  );
  const der = sequence(body, ecdsaWithSha256, bits(sign('sha256', body, by.privateKey)));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

const ecdsaWithSha256 = sequence(identifier('1.2.840.10045.4.3.2'));

function extension(id: string, value: Uint8Array, critical = false): Buffer {
  return sequence(identifier(id), ...(critical ? [yes] : []), encoded(4, value));
}

/** basicConstraints and keyUsage keyCertSign, cRLSign. */
const ofAuthority = [
  extension('2.5.29.19', sequence(yes), true),
  extension('2.5.29.15', bits(Buffer.from([0x06]), 1), true),
];

/** No authority; digitalSignature; for e-mail protection, the use that every C2PA validator takes. */
const ofSigner = [
  extension('2.5.29.19', sequence(), true),
  extension('2.5.29.15', bits(Buffer.from([0x80]), 7), true),
  extension('2.5.29.37', sequence(identifier('1.3.6.1.5.5.7.3.4')), true),
];

function nameOf(name: string): Buffer {
  const part = (id: string, text: string) => encoded(0x31, sequence(identifier(id), utf8(text)));
  return sequence(part('2.5.4.10', 'WatchAI installation'), part('2.5.4.3', name));
}

/** RFC 5280 §4.2.1.2 leaves the method open. */
function keyId(key: KeyObject): Buffer {
  return createHash('sha1')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest();
}
