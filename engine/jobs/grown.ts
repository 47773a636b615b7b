import { grow, type ListItem } from '../../dsl/grow.ts';
import type { JsonObject } from '../../dsl/json.ts';
import type { Plan, Step, StepInput } from '../../dsl/plan.ts';
import type { Queries } from '../store/port.ts';
import { portion } from './grow.ts';
import { judge, type Works } from './judge.ts';

/** A plan with what comes of its lists, as far as they were made before: so that EXPLAIN tells of each thing, finished work is recalled, and
 * nothing has to grow. A list that is not made yet, is empty, or is too long to be read by one stage stays as it is. */
export async function grown(parts: Works, plan: Plan, workspace: string): Promise<Plan> {
  const growing = plan.steps.filter(({ grows }) => grows !== undefined);
  if (growing.length === 0) return plan;
  const judged = await judge(parts, plan, workspace);
  const lists = new Map<string, ListItem[]>();
  for (const { id } of growing) {
    const judgement = judged.get(id);
    if (judgement?.verdict !== 'recalled') continue;
    const items = await readItems(parts.store, workspace, judgement.hash);
    if (items.length > 0 && items.length <= portion) lists.set(id, items);
  }
  return { ...plan, steps: withLists(plan.steps, lists) };
}

function withLists(steps: readonly Step[], lists: ReadonlyMap<string, readonly ListItem[]>): Step[] {
  const results = new Map<string, string[]>();
  return steps.flatMap((step): Step[] => {
    const inputs = step.inputs.flatMap((input): StepInput[] => {
      const each = input.from === 'each' ? results.get(input.step) : undefined;
      return each === undefined ? [input] : each.map((id) => ({ role: input.role, from: 'step', step: id }));
    });
    const items = lists.get(step.id);
    if (items === undefined || step.grows === undefined) return [{ ...step, inputs }];
    const { grows, ...list } = step;
    const more = grow(grows, step.id, items);
    results.set(step.id, more.results);
    return [{ ...list, inputs }, ...more.steps];
  });
}

/** By the bytes of the list: whichever work made them, it chose these things. */
async function readItems(queries: Queries, workspace: string, hash: string): Promise<ListItem[]> {
  const [row] = await queries.query<{ details: JsonObject }>(
    `select details from works where workspace = $1 and hash = $2 and details ? 'items' limit 1`,
    [workspace, hash],
  );
  return (row?.details.items ?? []) as unknown as ListItem[];
}
