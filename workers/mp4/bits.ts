/** Reads the bits of a unit of H.264 (§7.2), behind its header of one byte; what lies beyond the end reads as 1. */
export interface Bits {
  /** So many bits as a number, at most 31. */
  take(count: number): number;
  /** An unsigned Exp-Golomb number (§9.1); a signed one takes the same bits. */
  number(): number;
  /** The bit that comes next, counted from the unit's first. */
  place(): number;
}

/** Opens a unit; the bytes that keep start codes from appearing (§7.4.1) are left out. */
export function bitsOf(unit: Buffer): Bits {
  const bytes = unit.filter(
    (byte, at) => !(byte === 3 && at > 2 && unit[at - 1] === 0 && unit[at - 2] === 0),
  );
  let place = 8;
  const bit = () => {
    const value = ((bytes[place >> 3] ?? 0xff) >> (7 - (place & 7))) & 1;
    place++;
    return value;
  };
  const take = (count: number) => {
    let value = 0;
    for (let index = 0; index < count; index++) value = value * 2 + bit();
    return value;
  };
  return {
    take,
    place: () => place,
    number() {
      let zeros = 0;
      while (zeros < 31 && bit() === 0) zeros++;
      return 2 ** zeros + take(zeros) - 1;
    },
  };
}
