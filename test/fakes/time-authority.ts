import { createHash, randomBytes, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encoded, generalizedTime, identifier, sequence } from '../../workers/provenance/der.ts';
import { type Holder, holder, timeStamping, type Wanted } from './certificates.ts';

/** A time stamp authority (RFC 3161) on this machine. */
export interface TimeAuthority extends AsyncDisposable {
  url: string;
  /** How often it was asked. */
  asked(): number;
  root: Holder;
}

export type Behaviour = 'stamps' | 'refuses' | 'lies' | 'breaks';

/** `refuses`: says no, as the protocol has it; `lies`: stamps something else; `breaks`: answers 500. */
export async function openTimeAuthority(behaviour: Behaviour = 'stamps'): Promise<TimeAuthority> {
  const clock = clockOf();
  let asked = 0;
  const server = createServer(async (request, response) => {
    asked += 1;
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    if (behaviour === 'breaks') {
      response.writeHead(500).end();
      return;
    }
    const answer = {
      stamps: stamped,
      lies: stamped,
      refuses: refused,
    };
    response.setHeader('content-type', 'application/timestamp-reply');
    response.end(answer[behaviour](Buffer.concat(pieces), clock, behaviour === 'lies'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/stamp`,
    asked: () => asked,
    root: clock.root,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** PKIStatusInfo: rejection, for a bad request. */
const refused = () => sequence(sequence(encoded(2, Buffer.from([2])), encoded(3, Buffer.from([5, 0x20]))));

const sha256 = sequence(identifier('2.16.840.1.101.3.4.2.1'));
const tstInfo = '1.2.840.113549.1.9.16.1.4';

/** Who stamps, and who vouches for them. */
export interface Clock {
  signer: Holder;
  root: Holder;
}

/** A clock with an authority of its own, as certificates of that time have it. */
export function clockOf(
  wanted: Pick<Wanted, 'from' | 'to'> = {},
  root = holder('A time root', { ...wanted, authority: true }),
): Clock {
  return { root, signer: holder('A clock', { ...wanted, by: root, uses: [timeStamping], strict: true }) };
}

/** RFC 3161 §2.4.2. */
function stamped(asked: Buffer, clock: Clock, other: boolean): Buffer {
  const [, imprint, ...rest] = parts(asked);
  const nonce = rest.find((each) => each[0] === 2);
  const about = other ? sequence(sha256, encoded(4, randomBytes(32))) : imprint!;
  return sequence(sequence(encoded(2, Buffer.from([0]))), tokenOf(about, clock, new Date(), nonce));
}

/** A stamp for bytes, without being asked over the network. */
export function stampOn(bytes: Uint8Array, clock: Clock, at: Date): Buffer {
  return tokenOf(sequence(sha256, encoded(4, createHash('sha256').update(bytes).digest())), clock, at);
}

/** A TSTInfo in a SignedData of RFC 5652. */
function tokenOf(about: Uint8Array, { signer, root }: Clock, at: Date, nonce?: Uint8Array): Buffer {
  const info = sequence(
    encoded(2, Buffer.from([1])),
    identifier('1.2.3.4.1'),
    about,
    encoded(2, Buffer.from([42])),
    generalizedTime(at),
    ...(nonce === undefined ? [] : [nonce]),
  );
  const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
  const attribute = (id: string, value: Uint8Array) => sequence(identifier(id), encoded(0x31, value));
  const attributes = [
    attribute('1.2.840.113549.1.9.3', identifier(tstInfo)),
    attribute('1.2.840.113549.1.9.4', encoded(4, digest(info))),
    attribute(
      '1.2.840.113549.1.9.16.2.47',
      sequence(sequence(sequence(encoded(4, digest(signer.certificate))))),
    ),
  ];
  const [body] = parts(signer.certificate);
  const fields = parts(body!);
  // Of one length always, since who puts a stamp into a file measures it first.
  let signature: Buffer;
  do signature = sign('sha256', encoded(0x31, ...attributes), signer.privateKey);
  while (signature.length !== 71);
  const signerInfo = sequence(
    encoded(2, Buffer.from([1])),
    // Issuer and serial number stand behind the version in a certificate, the other way round.
    sequence(fields[3]!, fields[1]!),
    sha256,
    encoded(0xa0, ...attributes),
    sequence(identifier('1.2.840.10045.4.3.2')),
    encoded(4, signature),
  );
  const signed = sequence(
    encoded(2, Buffer.from([3])),
    encoded(0x31, sha256),
    sequence(identifier(tstInfo), encoded(0xa0, encoded(4, info))),
    encoded(0xa0, signer.certificate, root.certificate),
    encoded(0x31, signerInfo),
  );
  return sequence(identifier('1.2.840.113549.1.7.2'), encoded(0xa0, signed));
}

/** What is in a value of DER, each with its tag and length. */
function parts(value: Buffer): Buffer[] {
  const [from, to] = inside(value, 0);
  const found: Buffer[] = [];
  for (let at = from; at < to; ) {
    const [, end] = inside(value, at);
    found.push(value.subarray(at, end));
    at = end;
  }
  return found;
}

function inside(bytes: Buffer, at: number): [number, number] {
  const first = bytes[at + 1]!;
  if (first < 128) return [at + 2, at + 2 + first];
  const count = first & 127;
  const size = bytes.readUIntBE(at + 2, count);
  return [at + 2 + count, at + 2 + count + size];
}
