import type { Predicted } from '../facts.ts';
import { perSecond } from '../rational.ts';

/** `1280x720 24fps 4s`: what is known beforehand. */
export function predictedText(facts: Predicted | null): string {
  if (facts === null) return '';
  return [
    facts.width === undefined ? '' : `${facts.width}x${facts.height}`,
    facts.rate === undefined ? '' : `${Number(perSecond(facts.rate).toFixed(3))}fps`,
    facts.duration === undefined ? '' : `${Number(facts.duration.toFixed(3))}s`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}
