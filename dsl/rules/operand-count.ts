import type { Diagnostic } from '../diagnostic.ts';
import type { WorkStage } from '../resolved.ts';
import type { Rule } from './rule.ts';

/** A verb gets as many operands as it takes. */
export const operandCount: Rule = () => (stage) => {
  const { takes, verb, examples } = stage.operation;
  const { length } = stage.sources;
  if (length < (stage.reduces ? 1 : takes.min)) {
    // STITCH v1 v2: the missing + is reported already.
    if (takes.max > 1 && length > 0 && stage.strange.length > 0) return [];
    return [
      {
        code: 'PQL228',
        message: `${verb} needs ${takes.noun}`,
        span: stage.sources[0]?.span ?? stage.stage.verb.span,
        ...(length === 0 ? {} : { found: `${length}` }),
        hint: `write ${examples[0]!.text}`,
      },
    ];
  }
  return length > takes.max ? [tooMany(stage)] : [];
};

function tooMany({ sources, operation, stage }: WorkStage): Diagnostic {
  const { takes, verb } = operation;
  // The piped result stands first but was typed last to mind: the caret goes to what is one too many.
  const extra =
    takes.what === 'prompt' && sources.length > stage.operands.length ? sources[0]! : sources[takes.max]!;
  const many = takes.max > 1;
  return {
    code: 'PQL229',
    message: many ? `${verb} takes at most ${takes.max} clips` : `${verb} takes ${takes.noun}, no more`,
    span: extra.span,
    found: `${sources.length}`,
    hint:
      takes.what === 'prompt'
        ? `start ${verb} as a statement of its own`
        : many
          ? `${verb} some of them first and name the result with AS`
          : `STITCH puts clips together: (STITCH a + b) is one clip`,
  };
}
