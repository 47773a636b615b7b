import type { Shown } from '../../../dsl/consent.ts';
import type { Allowed } from './judge.ts';
import type { ScriptPlace } from './script.ts';

/** Who is shown by which grant, in words for EXPLAIN; each grant once a place. */
export function shownBy(allowed: readonly Allowed<ScriptPlace>[]): Shown[] {
  const once = new Map<string, Shown>();
  for (const { person, grant, origin } of allowed) {
    const { until, uses, territory } = grant.terms!;
    const where = territory === null ? '' : `, in ${territory}`;
    once.set(`${person.id} ${origin.span.start}`, {
      id: person.id,
      name: person.names[0]!,
      grant: grant.id,
      terms: `${uses.join(' and ')} until ${until.slice(0, 10)}${where}`,
      until,
      span: origin.span,
    });
  }
  return [...once.values()];
}
