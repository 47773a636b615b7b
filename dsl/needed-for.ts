import type { GrowingSet, Source, WorkStage } from './resolved.ts';

/** The stages and everything they are made from, each once, before those that need it. A stack of its own: chains may be thousands long. */
export function neededFor(stages: readonly WorkStage[]): WorkStage[] {
  const ordered: WorkStage[] = [];
  const seen = new Set<WorkStage>();
  const stack: { stage: WorkStage; ready: boolean }[] = stages
    .toReversed()
    .map((stage) => ({ stage, ready: false }));
  while (stack.length > 0) {
    const { stage, ready } = stack.pop()!;
    if (ready) ordered.push(stage);
    else if (!seen.has(stage)) {
      seen.add(stage);
      stack.push({ stage, ready: true });
      const reads = [...stage.sources, ...(stage.grows === null ? [] : grownFrom(stage.grows))];
      for (const { origin } of reads.toReversed()) {
        if (origin.type === 'stage') stack.push({ stage: origin.stage, ready: false });
        if (origin.type === 'each') stack.push({ stage: origin.set.list, ready: false });
      }
    }
  }
  return ordered;
}

/** What the stages read that are done with each thing in a list, apart from that thing. */
function grownFrom({ each, groups, whole }: GrowingSet): Source[] {
  const stages = [...each, ...(groups?.stages ?? [])];
  return [whole, ...stages.flatMap(({ sources }) => sources)].filter(
    ({ origin }) => origin.type !== 'stage' || !origin.stage.perItem,
  );
}
