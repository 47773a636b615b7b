/** Colour matrices that we encode in: BT.709, and BT.601 beside clips of standard definition that are copied. */
export type OurMatrix = 'bt709' | 'bt601';

/** As people write them. */
export const nameOf: Readonly<Record<OurMatrix, string>> = Object.freeze({
  bt709: 'BT.709',
  bt601: 'BT.601',
});

/** Whether a transfer curve is one of high dynamic range: shown as it is, such a clip is dull and grey. */
export function isHighRange(transfer: string | undefined): transfer is 'smpte2084' | 'arib-std-b67' {
  return transfer === 'smpte2084' || transfer === 'arib-std-b67';
}

/** The colour matrix to assume of a clip: as tagged, else by its height as broadcasters do. Null for RGB. In high dynamic range it is
 * what tone mapping leaves. */
export function matrixOf(facts: {
  matrix?: string;
  transfer?: string;
  height: number;
  pixelFormat: string;
}): string | null {
  if (isHighRange(facts.transfer)) return 'bt709';
  if (/^(rgb|bgr|gbr|argb|abgr|0rgb|0bgr|pal8)/.test(facts.pixelFormat)) return null;
  const tagged = facts.matrix ?? '';
  if (tagged === 'bt709') return 'bt709';
  if (tagged === 'smpte170m' || tagged === 'bt470bg') return 'bt601';
  if (tagged.startsWith('bt2020')) return 'bt2020';
  return facts.height >= 720 ? 'bt709' : 'bt601';
}
