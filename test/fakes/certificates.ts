import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import {
  bits,
  encoded,
  generalizedTime,
  identifier,
  sequence,
  utf8,
  yes,
} from '../../workers/provenance/der.ts';

export type KeyKind = 'es256' | 'es384' | 'es512' | 'ps256' | 'ed25519';

/** Somebody with a key and a certificate for it. */
export interface Holder {
  name: string;
  kind: KeyKind;
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** DER. */
  certificate: Buffer;
}

export interface Wanted {
  kind?: KeyKind;
  /** Who vouches for it; itself where left out. */
  by?: Holder;
  /** It may vouch for others. */
  authority?: boolean;
  /** Extended key usages, critical where `strict`; none where empty. */
  uses?: readonly string[];
  strict?: boolean;
  /** Bits of a key for RSA. */
  modulus?: number;
  from?: Date;
  to?: Date;
}

export const emailProtection = '1.3.6.1.5.5.7.3.4';
export const serverAuth = '1.3.6.1.5.5.7.3.1';
export const timeStamping = '1.3.6.1.5.5.7.3.8';

const days = 86_400_000;

/** A certificate (RFC 5280) with a key of its own, as an authority makes them; wrong in whatever way is asked for. */
export function holder(name: string, wanted: Wanted = {}): Holder {
  const { kind = 'es256', authority = false, uses = [emailProtection], strict = false, by } = wanted;
  const keys = newKey(kind, wanted.modulus);
  const issuer = by ?? { name, kind, ...keys };
  const { from = new Date(Date.now() - days), to = new Date(Date.now() + 90 * days) } = wanted;
  const algorithm = algorithms[issuer.kind];
  const serial = Buffer.concat([Buffer.from([1]), randomBytes(15)]);
  const body = sequence(
    encoded(0xa0, encoded(2, Buffer.from([2]))),
    encoded(2, serial),
    algorithm.id,
    nameOf(issuer.name),
    sequence(generalizedTime(from), generalizedTime(to)),
    nameOf(name),
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    encoded(
      0xa3,
      sequence(
        extension('2.5.29.19', authority ? sequence(yes) : sequence(), true),
        extension('2.5.29.15', authority ? bits(Buffer.from([0x06]), 1) : bits(Buffer.from([0x80]), 7), true),
        ...(authority || uses.length === 0
          ? []
          : [extension('2.5.29.37', sequence(...uses.map(identifier)), strict)]),
        extension('2.5.29.14', encoded(4, keyId(keys.publicKey))),
        extension('2.5.29.35', sequence(encoded(0x80, keyId(issuer.publicKey)))),
      ),
    ),
  );
  const signature = sign(algorithm.digest, body, issuer.privateKey);
  return { name, kind, ...keys, certificate: sequence(body, algorithm.id, bits(signature)) };
}

/** A signer with those who vouch for it, the signer first. */
export function chainOf(kind: KeyKind, wanted: Wanted = {}): [Holder, Holder, Holder] {
  const root = holder('A root', { kind, authority: true });
  const between = holder('An authority', { kind, by: root, authority: true });
  return [holder('Harbour Films', { kind, by: between, ...wanted }), between, root];
}

export function pemOf(holders: readonly Holder[]): string {
  return holders.map(({ certificate }) => pem('CERTIFICATE', certificate)).join('');
}

export function keyPem({ privateKey }: Pick<Holder, 'privateKey'>): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

function newKey(kind: KeyKind, modulusLength = 2048): { publicKey: KeyObject; privateKey: KeyObject } {
  if (kind === 'ed25519') return generateKeyPairSync('ed25519');
  if (kind === 'ps256') return generateKeyPairSync('rsa', { modulusLength });
  const namedCurve = { es256: 'P-256', es384: 'P-384', es512: 'P-521' }[kind];
  return generateKeyPairSync('ec', { namedCurve });
}

/** How each signs certificates. */
const algorithms: Readonly<Record<KeyKind, { id: Buffer; digest: string | null }>> = {
  es256: { id: sequence(identifier('1.2.840.10045.4.3.2')), digest: 'sha256' },
  es384: { id: sequence(identifier('1.2.840.10045.4.3.3')), digest: 'sha384' },
  es512: { id: sequence(identifier('1.2.840.10045.4.3.4')), digest: 'sha512' },
  ps256: { id: sequence(identifier('1.2.840.113549.1.1.11'), encoded(5)), digest: 'sha256' },
  ed25519: { id: sequence(identifier('1.3.101.112')), digest: null },
};

function extension(id: string, value: Uint8Array, critical = false): Buffer {
  return sequence(identifier(id), ...(critical ? [yes] : []), encoded(4, value));
}

function nameOf(name: string): Buffer {
  const part = (id: string, text: string) => encoded(0x31, sequence(identifier(id), utf8(text)));
  return sequence(part('2.5.4.10', 'Harbour'), part('2.5.4.3', name));
}

function keyId(key: KeyObject): Buffer {
  return createHash('sha1')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest();
}
