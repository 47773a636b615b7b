import type { Kind } from './kind.ts';
import type { Source } from './resolved.ts';

/** What kind of media an operand is; null where it is not understood. */
export function kindOf({ origin, whole }: Pick<Source, 'origin' | 'whole'>): Kind | null {
  if (origin.type === 'unknown') return null;
  if (origin.type === 'known') return origin.known.kind;
  return whole?.kind ?? (origin.type === 'stage' ? origin.stage.operation.gives : null);
}
