import type { Plan } from '../plan.ts';
import { type Node, nodesOf } from './graph.ts';
import type { StepVerdict } from './verdict.ts';

/** A plan as a Graphviz digraph: one node a job, filled by what becomes of it, shaped by its lane. Titles are data: whatever stands in them, they
 * stay within their quotes and are no escape of Graphviz. */
export function dot(plan: Plan, verdicts: readonly StepVerdict[]): string {
  const { nodes, edges } = nodesOf(plan, verdicts);
  return [
    'digraph plan {',
    '  rankdir=TB;',
    '  node [fontname="sans-serif", style=filled];',
    ...nodes.map(
      (node) =>
        `  ${node.id} [label="${node.lines.map(escaped).join('\\n')}", shape=${shapes[node.lane]}, fillcolor="${fills[node.fate]}"];`,
    ),
    ...edges.map(({ from, to }) => `  ${from} -> ${to};`),
    '}',
    '',
  ].join('\n');
}

const shapes: Readonly<Record<Node['lane'], string>> = { gpu: 'hexagon', cpu: 'box', net: 'ellipse' };

const fills: Readonly<Record<Node['fate'], string>> = {
  recalled: '#dff0d8',
  runs: '#fcf8e3',
  planned: '#f5f5f5',
};

/** A backslash begins an escape (`\N` is the node's name), a quote ends the text, `&` begins an entity. */
function escaped(line: string): string {
  return line.replace(/&/g, '&amp;').replace(/\\/g, '\\\\').replace(/"/g, '\\"');
}
