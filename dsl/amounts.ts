/** `812 B`, `3.1 MB`: powers of 1000, as disks and chat limits are sold. */
export function showBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** `0.4s`, `12.5s`, `1m 05s`, `2h 03m`. */
export function showSeconds(seconds: number): string {
  if (seconds < 59.95) return `${Number(seconds.toFixed(1))}s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)}m ${String(whole % 60).padStart(2, '0')}s`;
  return `${Math.floor(whole / 3600)}h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')}m`;
}

/** How long a job takes, the short ones in milliseconds: `40ms`, `12.5s`, `1m 05s`. */
export function showTook(seconds: number): string {
  return seconds < 0.9995 ? `${Math.max(1, Math.round(seconds * 1000))}ms` : showSeconds(seconds);
}
