import type { ConditionNode, FromSource, FromStage, MapStage, ReduceStage, Sort } from './ast.ts';
import type { PrintParts } from './print.ts';

/** The parts of FROM, MAP and REDUCE that a long line may be broken between; `print` spells operands, values and pipelines. */
export function queryWords(stage: FromStage | MapStage | ReduceStage, print: PrintParts): string[] {
  switch (stage.type) {
    case 'from':
      return fromWords(stage, print);
    case 'map':
      return [
        `MAP ( ${print.pipeline(stage.body)} )`,
        ...(stage.atMost === null ? [] : [`AT MOST ${stage.atMost.text}`]),
      ];
    case 'reduce': {
      const head = stage.by === null ? 'REDUCE' : `REDUCE BY ${stage.by.text}`;
      const body = print.pipeline(stage.body);
      return [stage.body.stages.length === 1 ? `${head} ${body}` : `${head} ( ${body} )`];
    }
  }
}

function fromWords({ verb, source, where, order, limit, page, as }: FromStage, print: PrintParts): string[] {
  const [head, joint] = /^start$/i.test(verb.text) ? ['START MAPREDUCE', ' IN '] : ['FROM', ' '];
  return [
    source === null ? head : head + joint + printSource(source, print),
    ...(where === null ? [] : [`WHERE ${printCondition(where, print)}`]),
    ...(order.length === 0 ? [] : [`ORDER BY ${order.map(printSort).join(', ')}`]),
    ...(limit === null ? [] : [`LIMIT ${limit.text}`]),
    ...(page === null ? [] : [`PAGE ${page.text}`]),
    ...(as === null ? [] : [`AS ${as.text}`]),
  ];
}

function printSource(source: FromSource, print: PrintParts): string {
  switch (source.type) {
    case 'group':
      return `GROUP ${source.id.text}`;
    case 'list':
      return `${print.keyword(source.verb.text)} OF ${print.operand(source.operand)}`;
    case 'operands':
      return source.operands.map(print.operand).join(' + ');
  }
}

/** With as few parentheses as keep its meaning: AND binds before OR. */
function printCondition(condition: ConditionNode, print: PrintParts): string {
  switch (condition.type) {
    case 'or':
      return condition.of.map((each) => printCondition(each, print)).join(' OR ');
    case 'and':
      return condition.of.map((each) => within(each, print, each.type === 'or')).join(' AND ');
    case 'not':
      return `NOT ${within(condition.of, print, condition.of.type === 'or' || condition.of.type === 'and')}`;
    case 'compare':
      return `${condition.field.text} ${condition.op} ${print.value(condition.value)}`;
    case 'in':
      return `${condition.field.text} IN (${condition.values.map(print.value).join(', ')})`;
    case 'contains':
      return `${condition.field.text} CONTAINS ${print.value(condition.value)}`;
    case 'between':
      return `${condition.field.text} BETWEEN ${print.value(condition.from)} AND ${print.value(condition.to)}`;
    case 'known':
      return `${condition.field.text} IS KNOWN`;
    case 'flag':
      return condition.field.text;
  }
}

function within(condition: ConditionNode, print: PrintParts, parentheses: boolean): string {
  const text = printCondition(condition, print);
  return parentheses ? `(${text})` : text;
}

function printSort({ field, descending }: Sort): string {
  return descending ? `${field.text} DESC` : field.text;
}
