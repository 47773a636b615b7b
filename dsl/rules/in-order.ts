import { clausesAgree } from './clauses-agree.ts';
import { clausesOnce } from './clauses-once.ts';
import { destination } from './destination.ts';
import { knownClauses } from './known-clauses.ts';
import { links } from './links.ts';
import { namesBindable } from './names-bindable.ts';
import { operandCount } from './operand-count.ts';
import { operandKinds } from './operand-kinds.ts';
import { operandShape } from './operand-shape.ts';
import { rangesInside } from './ranges-inside.ts';
import type { Rule } from './rule.ts';

/** Everything that has to hold for a stage that makes something, beside what its own operation checks. */
export const rules: readonly Rule[] = [
  operandCount,
  operandShape,
  operandKinds,
  rangesInside,
  knownClauses,
  clausesOnce,
  clausesAgree,
  destination,
  links,
  namesBindable,
];
