/** A grammar expression, as EBNF and railroad diagrams draw it. */
export type Shape =
  | { kind: 'terminal'; text: string }
  /** Another production, or a token that the lexical part describes. */
  | { kind: 'rule'; name: string }
  | { kind: 'sequence'; items: Shape[] }
  | { kind: 'choice'; items: Shape[] }
  | { kind: 'optional'; item: Shape }
  /** Any number of times, also none. */
  | { kind: 'many'; item: Shape };

export interface Production {
  name: string;
  body: Shape;
}

export function terminal(text: string): Shape {
  return { kind: 'terminal', text };
}

export function rule(name: string): Shape {
  return { kind: 'rule', name };
}

/** One item stays itself. */
export function sequence(...items: Shape[]): Shape {
  return items.length === 1 && items[0] !== undefined ? items[0] : { kind: 'sequence', items };
}

export function choice(items: Shape[]): Shape {
  return items.length === 1 && items[0] !== undefined ? items[0] : { kind: 'choice', items };
}

export function optional(item: Shape): Shape {
  return { kind: 'optional', item };
}

export function many(item: Shape): Shape {
  return { kind: 'many', item };
}
