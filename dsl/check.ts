import { keyword } from '../grammar/keyword.ts';
import type { Span } from './ast.ts';
import type { Catalogue } from './catalogue.ts';
import type { Diagnostic } from './diagnostic.ts';
import { neededFor } from './needed-for.ts';
import type { ResolvedStatement, WorkStage } from './resolved.ts';
import { rules } from './rules/in-order.ts';
import { toldOnce } from './told-once.ts';
import type { World } from './world.ts';

/** EXPLAIN plans everything that a statement needs anew: many of them after a long chain would cost by their square. */
const mostExplained = 20_000;

/** Holds every rule against every stage and collects all problems. */
export function check(
  statements: readonly ResolvedStatement[],
  catalogue: Catalogue,
  world: World,
): Diagnostic[] {
  const checks = rules.map((rule) => rule({ catalogue, world }));
  const problems: Diagnostic[] = [];
  let explained = 0;
  for (const statement of statements) {
    const told = toldOnce(problems);
    const mapped = statement.pipeline.stages.some(({ type }) => type === 'map');
    for (const stage of statement.work) {
      const hold = () => {
        for (const each of checks) problems.push(...each(stage));
      };
      const item = mapped ? itemOf(stage) : null;
      if (item === null) hold();
      else told(item, hold);
    }
    problems.push(...commandsAlone(statement));
    if (!(statement.explain || statement.analyze) || explained > mostExplained) continue;
    explained += neededFor(statement.work).length;
    if (explained > mostExplained) {
      problems.push({
        code: 'PQL231',
        message: `the EXPLAINs of a script may have ${mostExplained} jobs between them`,
        span: statement.span,
        hint: 'pql explain explains a whole script at once',
      });
    }
  }
  // On texts anywhere in the script, so that no stage can be made to hide one.
  problems.push(...(world.consent?.objections ?? []));
  return problems;
}

/** Which of the things that MAP works on a stage is about; null for what is about none of them. */
function itemOf({ fed, reduces, sources: [source] }: WorkStage): string | null {
  if (fed !== null || reduces) return fed;
  return source?.origin.type === 'stage' ? itemOf(source.origin.stage) : null;
}

/** What is answered at once gives nothing to write, to name, to pipe or to put in parentheses. */
function commandsAlone({ pipeline, commands }: ResolvedStatement): Diagnostic[] {
  return commands.flatMap(({ stage, command }) => {
    // START MAPREDUCE asks for the parts that it lacks, whatever was said of them.
    if (command?.operation === 'start') return [];
    const verb = keyword(stage.verb.text);
    const problems: Diagnostic[] = [];
    const report = (span: Span, message: string, hint: string): void => {
      problems.push({ code: 'PQL232', message, span, hint });
    };
    if (pipeline.stages.length > 1 || pipeline.stages[0] !== stage) {
      report(
        stage.span,
        `${verb} stands alone`,
        stage.type === 'from'
          ? 'begin with FROM and go on with MAP ( … ) for each or REDUCE STITCH for all'
          : 'make it a statement of its own, ended by ;',
      );
    }
    if (stage.type !== 'stage') return problems;
    if (stage.to !== null)
      report(stage.to.span, `${verb} makes nothing that could be written`, 'leave TO out');
    if (stage.as !== null) report(stage.as.span, `${verb} makes nothing that could be named`, 'leave AS out');
    for (const { range, value } of stage.operands) {
      if (range !== null) report(range.span, 'only clips have a range', 'leave it out');
      if (value.type === 'pipeline')
        report(value.span, `${verb} takes no pipeline`, 'make it a statement of its own');
    }
    return problems;
  });
}
