import type { Span } from '../ast.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { WorkStage } from '../resolved.ts';
import { namedIn, sourceClause } from '../source-clause.ts';
import type { Rule } from './rule.ts';

/** A verb gets as many operands as it takes. */
export const operandCount: Rule = () => (stage) => {
  const { takes, verb, examples } = stage.operation;
  const taken = takes.what === 'prompt' ? stage.stage.operands : stage.sources;
  const { length } = taken;
  if (length < (stage.reduces ? 1 : takes.min)) {
    // STITCH v1 v2: the missing + is reported already.
    if (takes.max > 1 && length > 0 && stage.strange.length > 0) return [];
    return [
      {
        code: 'PQL228',
        message: `${verb} needs ${takes.noun}`,
        span: taken[0]?.span ?? stage.stage.verb.span,
        ...(length === 0 ? {} : { found: `${length}` }),
        hint: `write ${examples[0]!.text}`,
      },
    ];
  }
  const begins = takes.what === 'prompt' ? tooManyBeginnings(stage) : [];
  return length > takes.max ? [tooMany(stage, taken[takes.max]!), ...begins] : begins;
};

/** A pipe and a clause name one and the same thing. */
function tooManyBeginnings({ sources, operation, stage }: WorkStage): Diagnostic[] {
  const clause = sourceClause(operation);
  // That the clause takes one is told already.
  if (clause !== null && namedIn(stage, clause).length > 1) return [];
  const extra = sources[clause === null ? 0 : 1];
  if (extra === undefined) return [];
  const { verb, takes } = operation;
  return [
    clause === null
      ? {
          code: 'PQL229',
          message: `${verb} takes ${takes.noun}, no more`,
          span: extra.span,
          hint: `start ${verb} as a statement of its own`,
        }
      : {
          code: 'PQL229',
          message: `${verb} begins with ${clause.noun}, and that flows in already`,
          span: extra.span,
          found: `${sources.length}`,
          hint: `leave ${clause.word} out; in MAP, ${clause.word} _ is the thing that it is at`,
        },
  ];
}

function tooMany({ operation, stage, sources }: WorkStage, extra: { span: Span }): Diagnostic {
  const { takes, verb } = operation;
  const many = takes.max > 1;
  return {
    code: 'PQL229',
    message: many ? `${verb} takes at most ${takes.max} clips` : `${verb} takes ${takes.noun}, no more`,
    span: extra.span,
    found: `${takes.what === 'prompt' ? stage.operands.length : sources.length}`,
    hint:
      takes.what === 'prompt'
        ? `start ${verb} as a statement of its own`
        : many
          ? `${verb} some of them first and name the result with AS`
          : `STITCH puts clips together: (STITCH a + b) is one clip`,
  };
}
