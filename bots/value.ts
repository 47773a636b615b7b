import { showBytes, showSeconds } from '../dsl/amounts.ts';
import type { Facts, Rational } from '../dsl/facts.ts';
import type { Json } from '../dsl/json.ts';
import type { Column } from '../engine/answer.ts';
import { oneLine } from './width.ts';

/** One cell of an answer's table as people read it: `3.1 MB`, `1m 05s`, `2026-11-22 14:03`. `now` is the time to say today's times against. */
export function showValue(value: Json, type: Column['type'], now: Date): string {
  if (value === null) return '';
  if (type === 'bytes' && typeof value === 'number') return showBytes(value);
  if (type === 'seconds' && typeof value === 'number') return showSeconds(value);
  if (type === 'time' && typeof value === 'string') return showTime(value, now);
  if (typeof value === 'object') return oneLine(JSON.stringify(value));
  return oneLine(String(value));
}

/** `1280x720, 24 fps, 14.2s, with sound, 3.1 MB`. */
export function showFacts(facts: Facts): string {
  const parts: string[] = [];
  if (facts.kind === 'video' || facts.kind === 'image') parts.push(`${facts.width}x${facts.height}`);
  if (facts.kind === 'video') parts.push(`${showRate(facts.rate)} fps`);
  if (facts.kind === 'video' || facts.kind === 'audio') parts.push(showSeconds(facts.duration));
  if (facts.kind === 'video' && facts.audio) parts.push('with sound');
  parts.push(showBytes(facts.bytes));
  return parts.join(', ');
}

/** `24`, `29.97`. */
function showRate(rate: Rational): string {
  return String(Number((rate.num / rate.den).toFixed(2)));
}

/** The hour for today, the day for this year, else the whole date; the machine's own time zone. */
function showTime(iso: string, now: Date): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return oneLine(iso);
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}`;
  return time.toDateString() === now.toDateString() ? clock : `${day} ${clock}`;
}
