import type { Operand } from '../ast.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { printText } from '../print.ts';
import type { WorkStage } from '../resolved.ts';
import { unquotedPrompt } from '../unquoted-prompt.ts';
import type { Rule } from './rule.ts';

/** A description stands in quotes, a clip is a name, an id or a file; only clips have a range. */
export const operandShape: Rule = () => (work) => {
  const { stage, operation } = work;
  if (operation.takes.what !== 'prompt') return stage.operands.flatMap((operand) => media(operand, work));
  const meant = unquotedPrompt(work);
  return stage.operands.flatMap((operand, index) => prompt(operand, work, index === 0 ? meant : null));
};

function prompt(operand: Operand, work: WorkStage, meant: ReturnType<typeof unquotedPrompt>): Diagnostic[] {
  const { operation, stage } = work;
  const { value } = operand;
  if (operand.range !== null) {
    return [
      {
        code: 'PQL230',
        message: 'only clips have a range',
        span: operand.range.span,
        hint: `leave it out; DURATION says how long`,
        fix: { span: operand.range.span, text: '' },
      },
    ];
  }
  if (value.type === 'text') return [];
  return [
    {
      code: 'PQL220',
      message: `${operation.verb} wants ${operation.takes.noun}`,
      span: meant?.span ?? operand.span,
      expected: `a text in quotes such as ${operation.examples[0]!.text.match(/"[^"]*"/)?.[0] ?? '"…"'}`,
      ...(meant !== null
        ? { fix: { span: meant.span, text: printText(meant.text) } }
        : { hint: `start ${stage.verb.text} with what is to be seen` }),
    },
  ];
}

function media({ value, span }: Operand, { operation }: WorkStage): Diagnostic[] {
  if (value.type !== 'url') return [];
  return [
    {
      code: 'PQL220',
      message: `${operation.verb} wants ${operation.takes.noun}, not a link`,
      span,
      expected: 'a name, an id such as v12, or a file in quotes',
      hint: 'save the file first, then name it in quotes',
    },
  ];
}
