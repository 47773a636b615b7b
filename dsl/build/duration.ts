/** Seconds to the nanosecond: what is added up from hours, minutes and fractions is the same number again when it is read back. */
export function tidySeconds(seconds: number): number {
  return Math.abs(seconds) < 1e6 ? Math.round(seconds * 1e9) / 1e9 : seconds;
}

/** The one spelling of a duration: `250ms` below a second where it fits, `90s` up to two minutes, `1h2m3.5s` from there, `1d12h` from a day on.
 * From 1e6 s (11 days) on only whole seconds are taken apart: fractions of so long a time do not survive being added up. */
export function durationText(seconds: number): string {
  const milliseconds = tidySeconds(seconds * 1000);
  if (seconds !== 0 && Math.abs(seconds) < 1 && Number.isInteger(milliseconds)) return `${milliseconds}ms`;
  if (seconds <= 120 || (seconds >= 1e6 && !Number.isSafeInteger(seconds))) return `${seconds}s`;
  const whole = Math.floor(seconds / 60);
  const rest = tidySeconds(seconds - whole * 60);
  if (rest >= 60) return `${seconds}s`;
  const parts: [number, string][] = [
    [Math.floor(whole / 1440), 'd'],
    [Math.floor(whole / 60) % 24, 'h'],
    [whole % 60, 'm'],
    [rest, 's'],
  ];
  return parts.flatMap(([amount, unit]) => (amount > 0 ? `${amount}${unit}` : [])).join('');
}

/** Seconds of `00:01:30.5` or `01:30`. */
export function clockSeconds(text: string): number {
  return tidySeconds(text.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0));
}

/** Seconds of `1d12h`, `1h2m3.5s`. */
export function compoundSeconds(text: string): number {
  const parts = text.toLowerCase().matchAll(/([\d.]+)(ms|d|h|m|s)/g);
  return tidySeconds(
    [...parts].reduce((sum, [, amount, unit]) => sum + Number(amount) * (secondsIn.get(unit ?? '') ?? 0), 0),
  );
}

/** Seconds in a unit of time. `m` is a minute: lengths of places are given in km. */
export const secondsIn: ReadonlyMap<string, number> = new Map([
  ['ms', 0.001],
  ['s', 1],
  ['sec', 1],
  ['m', 60],
  ['min', 60],
  ['h', 3600],
  ['d', 86_400],
]);
