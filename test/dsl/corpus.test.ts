import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Item } from '../../dsl/compiled.ts';
import type { Diagnostic } from '../../dsl/diagnostic.ts';
import { predictedText } from '../../dsl/explain/predicted-text.ts';
import { explainText } from '../../dsl/explain.ts';
import type { Step } from '../../dsl/plan.ts';
import { compiled } from './compiling.ts';

const folder = new URL('../corpus/', import.meta.url);

for (const file of readdirSync(folder).filter((name) => name.endsWith('.pql'))) {
  test(`means what was reviewed: ${file}`, async () => {
    const blocks = readFileSync(new URL(file, folder), 'utf8').trim().split(/\n\n+/);
    const text = blocks.map((block) => `${block}\n${meaning(block)}`).join('\n\n');
    await expect(`${text}\n`).toMatchFileSnapshot(new URL(file.replace('.pql', '.txt'), folder).pathname);
  });
}

/** What a text means, for people: its steps and commands, or everything that is wrong with it. */
function meaning(source: string): string {
  const { diagnostics, before, plan, after } = compiled(source);
  const lines = [
    ...diagnostics.map((diagnostic) => problem(source, diagnostic)),
    ...before.map(item),
    ...(plan?.steps ?? []).map(step),
    ...after.map(item),
  ];
  return lines.map((line) => line.replace(/^/gm, '    ')).join('\n');
}

function problem(source: string, { code, message, span, found, expected, hint, fix }: Diagnostic): string {
  return [
    `${code} ${message}`,
    `  at     ${source.slice(span.start, span.end)}`,
    ...(found ? [`  ${found}`] : []),
    ...(expected ? [`  expected ${expected}`] : []),
    ...(hint ? [`  hint   ${hint}`] : []),
    ...(fix ? [`  fix    ${source.slice(0, fix.span.start)}${fix.text}${source.slice(fix.span.end)}`] : []),
  ].join('\n');
}

function step(each: Step): string {
  const inputs = each.inputs.map(
    (input) =>
      `${input.role} ${input.from === 'artifact' ? input.hash.slice(-8) : input.from === 'each' ? `each of ${input.step}` : input.step}`,
  );
  return [
    `${each.id} ${each.title}${each.name === null ? '' : ` AS ${each.name}`}`,
    `  ${each.operation} v${each.version} on ${each.lane}, gives ${each.gives ?? 'nothing'} ${predictedText(each.predicted)}`.trimEnd(),
    `  ${JSON.stringify(each.arguments)}`,
    ...(inputs.length === 0 ? [] : [`  from ${inputs.join(', ')}`]),
    ...each.models.map(({ name }) => `  model ${name}`),
    ...(each.effect ? [] : [each.recipe.replace(/^/gm, '  | ')]),
  ].join('\n');
}

function item(each: Item): string {
  if (each.type !== 'command')
    return `${each.type} ${each.text}${each.plan === null ? '' : `\n${explainText(each.plan)}`}`;
  const { text, destructive, arguments: args, subject } = each.command;
  return `${text}${destructive ? ' (asks first)' : ''} → ${subject || '-'} ${JSON.stringify(args)}`;
}
