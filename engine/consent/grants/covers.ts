import { nameKey } from '../registry/name-key.ts';
import type { Grant } from './standing.ts';
import type { Use } from './terms.ts';

/** Why a grant does not cover a use at a moment, completing "the grant r9 …"; null when it does. `texts` are all those of the plan. */
export function whyNotCovered(
  { terms, broken }: Grant,
  wanted: { use: Use; now: Date; texts: readonly string[] },
): string | null {
  if (broken !== null) return broken;
  if (terms === null) return 'is not signed by this installation';
  if (!terms.uses.includes(wanted.use)) return `is for ${terms.uses.join(' and ')}, not for ${wanted.use}`;
  if (wanted.now.getTime() < Date.parse(terms.from)) return `begins on ${day(terms.from)}`;
  if (wanted.now.getTime() >= Date.parse(terms.until)) return `ended on ${day(terms.until)}`;
  const said = ` ${wanted.texts.map(nameKey).join(' ')} `;
  const excluded = terms.except.find((word) => said.includes(` ${nameKey(word)} `));
  return excluded === undefined ? null : `is not for ${excluded}`;
}

function day(time: string): string {
  return new Date(time).toISOString().slice(0, 10);
}
