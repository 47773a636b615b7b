/** How PQL spells the units that it knows; others stay as typed, for the checker to report. */
export function canonicalUnit(typed: string): string {
  return spellings.get(typed.toLowerCase()) ?? typed;
}

const spellings = new Map(
  ['x', 'fps', 'mm', 'K', 'LUFS', 'dB', '%', 'km', 'p', 'Hz', 'kHz', 'bpm'].map((unit) => [
    unit.toLowerCase(),
    unit,
  ]),
);
