/* Just enough of DER (ITU-T X.690) to write a certificate: Node reads them but makes none. */

/** A value with its tag and length, below 64 KiB. */
export function encoded(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const size = body.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

export function sequence(...parts: readonly Uint8Array[]): Buffer {
  return encoded(0x30, ...parts);
}

/** An object identifier, `2.5.29.15`. */
export function identifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const digits = [part & 127];
    for (let left = part >> 7; left > 0; left >>= 7) digits.unshift((left & 127) | 128);
    bytes.push(...digits);
  }
  return encoded(6, Buffer.from(bytes));
}

export function utf8(text: string): Buffer {
  return encoded(12, Buffer.from(text));
}

/** To the second, in UTC. */
export function generalizedTime(date: Date): Buffer {
  return encoded(24, Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));
}

/** Bits from a byte, without the last `unused`. */
export function bits(bytes: Uint8Array, unused = 0): Buffer {
  return encoded(3, Buffer.from([unused]), bytes);
}

export const yes: Uint8Array = encoded(1, Buffer.from([255]));
