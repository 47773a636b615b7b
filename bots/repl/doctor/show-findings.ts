import type { Palette } from '../../palette.ts';
import { columnsOf, fillTo, oneLine } from '../../width.ts';
import type { Finding } from './finding.ts';

/** Findings as lines for people: a mark, the name, what was found, and below it why and what to do. */
export function showFindings(all: readonly Finding[], palette: Palette): string {
  const width = Math.max(...all.map(({ name }) => columnsOf(name)));
  const paint = { ok: palette.good, warn: palette.warn, problem: palette.bad };
  const lines = all.flatMap((finding) => [
    `${paint[finding.state](fillTo(finding.state, 7))}  ${palette.strong(fillTo(finding.name, width))}  ${oneLine(finding.found)}`,
    `${' '.repeat(width + 11)}${palette.dim(oneLine(finding.why))}`,
    ...(finding.todo ? [`${' '.repeat(width + 11)}do: ${oneLine(finding.todo)}`] : []),
  ]);
  const count = (state: Finding['state']) => all.filter((finding) => finding.state === state).length;
  const [problems, warnings] = [count('problem'), count('warn')];
  const closing =
    problems + warnings === 0
      ? palette.good('all is well')
      : `${problems} ${problems === 1 ? 'problem' : 'problems'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;
  return [...lines, '', closing].join('\n');
}
