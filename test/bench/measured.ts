/** One figure of a bench. `goal` is written `<= 1.3`, `>= 0.85`; `against` says what it was measured against. */
export interface Measured {
  name: string;
  value: number;
  unit: string;
  goal: string;
  against?: string;
}

/** Whether the figure meets its goal; null when the goal is words. */
export function meets({ value, goal }: Measured): boolean | null {
  const match = /^\s*(<=|>=|<|>|≤|≥)\s*([\d.]+)/.exec(goal);
  if (!match) return null;
  const limit = Number(match[2]);
  if (match[1] === '<') return value < limit;
  if (match[1] === '>') return value > limit;
  return match[1] === '<=' || match[1] === '≤' ? value <= limit : value >= limit;
}
