import type { JsonObject } from '../../dsl/json.ts';
import type { Brief } from './prompt/brief.ts';

/** What the asker should know of how a prompt was read: nouns that were not drawn, and what was, and that nobody's likeness was. */
export function describeBrief(
  brief: Brief,
  cast: readonly string[] = [],
): { notes: string[]; details: JsonObject } {
  const { setting, time, weather, undrawn } = brief;
  const drawn = brief.subjects.map(({ kind, count }) => (count > 1 ? `${count} ${kind}` : kind));
  return {
    notes: [
      ...(undrawn.length > 0 ? [`could not draw: ${undrawn.join(', ')}`] : []),
      ...(cast.length > 0
        ? [`drew ${cast.join(', ')} as a figure: this generator knows nobody's looks`]
        : []),
    ],
    details: { setting, time, weather, drawn, undrawn },
  };
}
