import type { WorkStage } from './resolved.ts';

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
      for (const { origin } of stage.sources.toReversed()) {
        if (origin.type === 'stage') stack.push({ stage: origin.stage, ready: false });
      }
    }
  }
  return ordered;
}
