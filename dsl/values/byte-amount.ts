/** Bytes that a unit stands for, by the unit in lower case: powers of 1000 as disks are sold, of 1024 where it says so. */
export const byteUnits: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

/** Bytes in a text such as `2GB` or `1.5 GiB`; null when it is none. */
export function byteAmount(text: string): number | null {
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?) ?([a-z]+)$/i.exec(text) ?? [];
  const each = byteUnits[unit.toLowerCase()];
  return each === undefined ? null : Math.round(Number(amount) * each);
}
