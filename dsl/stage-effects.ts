import { keyword } from '../grammar/keyword.ts';
import type { Operand, Stage } from './ast.ts';
import type { JsonObject } from './json.ts';
import { printStage } from './print.ts';
import type { WorkStage } from './resolved.ts';
import { namedIn, sourceClause } from './source-clause.ts';

/** What TO, `?` and NOTIFY of a stage do with its result. */
export function effectsOf({ stage: { to }, notify }: WorkStage): {
  operation: 'export' | 'deliver' | 'notify';
  args: JsonObject;
  title: string;
}[] {
  const path = to?.path.value;
  return [
    ...(to === null
      ? []
      : [
          {
            operation: 'export' as const,
            args: { path: path!, overwrite: to.overwrite },
            title: `TO ${path}`,
          },
        ]),
    ...(to === null || to.url === null
      ? []
      : [
          {
            operation: 'deliver' as const,
            args: { url: to.url.value },
            title: `TO ${path} ? ${to.url.value}`,
          },
        ]),
    ...(notify === null
      ? []
      : [{ operation: 'notify' as const, args: { url: notify }, title: `NOTIFY ${notify}` }]),
  ];
}

/** The stage without what is not its own work: TO, AS, NOTIFY. */
export function bare({ stage, notify, written }: WorkStage): Stage {
  const clauses =
    notify === null ? stage.clauses : stage.clauses.filter((clause) => clause !== written.get('NOTIFY'));
  return { ...stage, clauses, to: null, as: null };
}

/** Canonical PQL of a stage for people: its own work, on what MAP and REDUCE let flow into it. */
export function titleOf(work: WorkStage): string {
  const title = printStage(withFed(bare(work), work));
  return work.reduces ? `REDUCE ${title}` : title;
}

/** The stage on what flows into it: among its operands, or in the clause of a described work that takes clips. */
function withFed(stage: Stage, { fed, operation }: WorkStage): Stage {
  const clause = operation.takes.what === 'prompt' ? sourceClause(operation) : null;
  if (clause === null || fed === null) return { ...stage, operands: filled(stage.operands, fed) };
  const word = { text: clause.word, span: nowhere };
  const [first] = filled(namedIn(stage, clause), fed);
  const others = stage.clauses.filter((each) => keyword(each.word.text) !== clause.word);
  return { ...stage, clauses: [{ type: 'clause', word, values: [first!], span: nowhere }, ...others] };
}

const nowhere = { start: 0, end: 0 };

/** Operands with what flows in: in place of `_`, else before them. */
function filled(operands: readonly Operand[], fed: string | null): Operand[] {
  if (fed === null) return [...operands];
  const value = { type: 'reference' as const, name: fed, span: nowhere };
  const marked = operands.some((each) => each.value.type === 'reference' && each.value.name === '_');
  const item: Operand = { type: 'operand', value, range: null, span: nowhere };
  if (!marked) return [item, ...operands];
  return operands.map((each) =>
    each.value.type === 'reference' && each.value.name === '_' ? { ...each, value } : each,
  );
}
