import type { Diagnostic } from '../diagnostic.ts';
import type { Kind } from '../kind.ts';
import { kindOf } from '../kind-of.ts';
import type { Source } from '../resolved.ts';
import { sourceClause } from '../source-clause.ts';
import type { Rule } from './rule.ts';

/** Every operand is of a kind that the verb can work on. */
export const operandKinds: Rule =
  () =>
  ({ sources, operation, extras }) => {
    const kinds =
      operation.takes.what === 'media' ? operation.takes.kinds : (sourceClause(operation)?.kinds ?? null);
    const noun = (kinds ?? []).map((kind) => kindNouns[kind]).join(' or ');
    const operands = sources.flatMap((source): Diagnostic[] => {
      const kind = kindOf(source);
      if (kinds === null || kind === null) return [];
      if (!kinds.includes(kind)) return [wrongKind(source.span, kind, operation.verb, noun)];
      if (source.range === null || kind === 'video') return [];
      return [
        {
          code: 'PQL230',
          message: `${kindNouns[kind]} has no range`,
          span: source.range.span,
          hint: 'leave the range out',
          fix: { span: source.range.span, text: '' },
        },
      ];
    });
    const files = extras
      .filter(({ known }) => known.kind !== 'text')
      .map(({ span, role, known }) => wrongKind(span, known.kind, role.toUpperCase(), 'a .cube file'));
    return [...operands, ...files];
  };

const pictureOrClip = 'a picture or a clip';

const kindNouns: Readonly<Record<Kind, string>> = {
  video: 'a clip',
  image: 'a picture',
  audio: 'a sound',
  text: 'a text',
};

function wrongKind(span: Source['span'], kind: Kind, verb: string, noun: string): Diagnostic {
  return {
    code: 'PQL406',
    message: `${verb} wants ${noun}`,
    span,
    found: `${kindNouns[kind]}`,
    expected: noun,
    hint: noun === pictureOrClip ? 'SHOW MEDIA lists what there is' : 'SHOW VIDEOS lists the clips',
  };
}
