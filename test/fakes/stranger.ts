import { createHash, sign } from 'node:crypto';
import { chainOf, type Holder } from './certificates.ts';
import { box, type Cbor, cbor, Ready, reference, superBox } from './jumbf.ts';

/** What a stranger says in a file: assertions by label, and what they claim besides. */
export interface Saying {
  /** `urn:c2pa:…`, by which others refer to it. */
  urn: string;
  assertions: Readonly<Record<string, Cbor>>;
  title?: string;
  generator?: string;
  /** A time stamp on the signature, whose bytes it is given as CBOR has them. */
  stamp?: (signature: Uint8Array) => Uint8Array;
}

/** A manifest, signed as it should be. C2PA 2.2, made by hand, since no library writes what it should not. */
export function manifest(saying: Saying, chain: readonly Holder[] = chainOf('es256')): Buffer {
  const { urn, assertions, title = 'a film', generator = 'Strange' } = saying;
  const made = Object.entries(assertions).map(([label, content]) => ({
    label,
    bytes: superBox('cbor', label, box('cbor', cbor(content))),
  }));
  const claim = cbor({
    instanceID: `xmp:iid:${urn}`,
    claim_generator_info: { name: generator },
    signature: 'self#jumbf=c2pa.signature',
    created_assertions: made.map(({ label, bytes }) => ({
      ...reference(`c2pa.assertions/${label}`, bytes),
    })),
    'dc:title': title,
    alg: 'sha256',
  });
  const all = Buffer.concat(made.map(({ bytes }) => bytes));
  return superBox(
    'c2ma',
    urn,
    superBox('c2as', 'c2pa.assertions', all),
    superBox('c2cl', 'c2pa.claim.v2', box('cbor', claim)),
    superBox('c2cs', 'c2pa.signature', box('cbor', signature(claim, chain, saying.stamp))),
  );
}

/** RFC 9052 §4.2, ES256 with its chain. */
function signature(claim: Buffer, chain: readonly Holder[], stamp: Saying['stamp']): Buffer {
  const certificates = chain.slice(0, -1).map(({ certificate }) => certificate);
  const says = cbor(
    new Map<number, Cbor>([
      [1, -7],
      [33, certificates],
    ]),
  );
  const bytes = sign('sha256', cbor(['Signature1', says, Buffer.alloc(0), claim]), {
    key: chain[0]!.privateKey,
    dsaEncoding: 'ieee-p1363',
  });
  const beside: Cbor =
    stamp === undefined
      ? {}
      : {
          sigTst2: {
            tstTokens: [{ val: stamp(cbor(['CounterSignature', says, Buffer.alloc(0), cbor(bytes)])) }],
          },
        };
  return Buffer.concat([Buffer.from([0xd2]), cbor([says, beside, null, bytes])]);
}

export function storeOf(...manifests: readonly Uint8Array[]): Buffer {
  return superBox('c2pa', 'c2pa', ...manifests);
}

/** A sound that says something of itself to which it is bound: by the hash of all but the chunk at its end that says so. */
export function saidInWav(wav: Buffer, say: (bound: Cbor) => Uint8Array): Buffer {
  const bound = (hash: Uint8Array, length: number) =>
    say({
      exclusions: [{ start: wav.length, length }],
      name: 'all',
      alg: 'sha256',
      hash,
      pad: Buffer.alloc(0),
    });
  // Numbers take as many bytes as they need: the second time the size is right.
  const sized = (length: number) => inWav(wav, bound(Buffer.alloc(32), length)).length;
  const size = sized(sized(1000) - wav.length);
  const rest = inWav(wav, Buffer.alloc(size - wav.length - 8)).subarray(0, wav.length);
  const hash = createHash('sha256').update(rest).digest();
  return inWav(wav, bound(hash, size - wav.length));
}

/** A sound with something in its chunk for credentials; what is bound to it is bound to all before. */
export function inWav(wav: Buffer, store: Uint8Array): Buffer {
  const chunk = Buffer.alloc(8);
  chunk.write('C2PA', 'latin1');
  chunk.writeUInt32LE(store.length, 4);
  const all = Buffer.concat([wav, chunk, store, Buffer.alloc(store.length % 2)]);
  all.writeUInt32LE(all.length - 8, 4);
  return all;
}

/** A film with something in its box for credentials, at its end where no offset moves. */
export function inFilm(film: Buffer, store: Uint8Array): Buffer {
  const id = Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex');
  return Buffer.concat([
    film,
    box('uuid', id, Buffer.from('\0\0\0\0manifest\0\0\0\0\0\0\0\0\0', 'latin1'), store),
  ]);
}

export { Ready };
