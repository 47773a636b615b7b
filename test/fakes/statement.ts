import type { Facts } from '../../dsl/facts.ts';
import type { History } from '../../engine/provenance/history.ts';
import { type Statement, stateOf } from '../../engine/provenance/manifest.ts';

/** What is said of something of a media type that was generated from a prompt; or made in another way. */
export function ofNothing(mediaType: string, history: Partial<History> = {}): Statement {
  // Whatever says its media type is of it.
  const facts = { kind: 'text', container: mediaType, bytes: 4 } as Facts;
  return stateOf(
    {
      ...{ recipe: 'GENERATE "fog" DURATION 4s', title: 'v1', facts, foreign: false },
      ...{
        made: [{ operation: 'generate', recipe: 'GENERATE "fog"', details: {}, models: [] }],
        sources: [],
        grants: [],
      },
      ...history,
    },
    'a'.repeat(64),
  );
}
