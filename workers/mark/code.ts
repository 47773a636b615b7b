import { codeLength } from './grid.ts';

/** Letters of a payload in hexadecimal: 48 bits. */
export const payloadLetters = 12;

/** Words of the code, one for each byte of payload and check, and chips of each. */
const words = 8;
const wordLength = codeLength / words;

/** Writes a payload (12 hexadecimal letters) as 1024 chips of ±1: its six bytes and two that check them, each a word of the biorthogonal code
 * of length 128, the first-order Reed-Muller code RM(1, 7). Of all codes with so many words it stands the most noise. */
export function encode(payload: string): Int8Array {
  const chips = new Int8Array(codeLength);
  for (const [index, byte] of bytesOf(payload).entries()) {
    const sign = byte & 128 ? -1 : 1;
    for (let at = 0; at < wordLength; at++)
      chips[index * wordLength + at] = sign * (odd(byte & at & 127) ? -1 : 1);
  }
  return chips;
}

/** Reads it from 1024 soft chips, as strong as they are sure; null where what is read does not pass its check. Of the words that are least sure the
 * second reading is tried as well: at most 9 readings, so that noise passes once in 7,000 times. */
export function decode(soft: Float64Array): string | null {
  const readings = Array.from({ length: words }, (_, index) =>
    likely(soft.slice(index * wordLength, (index + 1) * wordLength)),
  );
  const bytes = readings.map(({ first }) => first);
  const doubtful = readings.map((_, index) => index).sort((a, b) => readings[a]!.ahead - readings[b]!.ahead);
  for (const other of [null, ...doubtful]) {
    const tried = bytes.map((byte, index) => (index === other ? readings[index]!.second : byte));
    const payload = hex(tried.slice(0, 6));
    if (bytesOf(payload).every((byte, index) => byte === tried[index])) return payload;
  }
  return null;
}

/** The two bytes that a word is nearest to, and by how much the first is ahead, by a fast Hadamard transform. */
function likely(word: Float64Array): { first: number; second: number; ahead: number } {
  for (let half = 1; half < wordLength; half *= 2)
    for (let start = 0; start < wordLength; start += 2 * half)
      for (let at = start; at < start + half; at++) {
        const [a, b] = [word[at]!, word[at + half]!];
        word[at] = a + b;
        word[at + half] = a - b;
      }
  const order = Array.from(word.keys()).sort((a, b) => Math.abs(word[b]!) - Math.abs(word[a]!));
  const byteAt = (at: number) => at | (word[at]! < 0 ? 128 : 0);
  const [first = 0, second = 0] = order;
  return {
    first: byteAt(first),
    second: byteAt(second),
    ahead: Math.abs(word[first]!) - Math.abs(word[second]!),
  };
}

/** The six bytes of a payload and their check. */
function bytesOf(payload: string): number[] {
  const bytes = Array.from({ length: 6 }, (_, at) => Number.parseInt(payload.slice(2 * at, 2 * at + 2), 16));
  const check = crc16(bytes);
  return [...bytes, check >> 8, check & 255];
}

/** CRC-16/IBM-3740 (CCITT with 0xffff first), https://reveng.sourceforge.io/crc-catalogue/16.htm */
function crc16(bytes: readonly number[]): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
  }
  return crc;
}

function odd(bits: number): boolean {
  let rest = bits;
  let parity = false;
  for (; rest !== 0; rest &= rest - 1) parity = !parity;
  return parity;
}

function hex(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
