import type { Plan } from '../plan.ts';
import { type Node, nodesOf } from './graph.ts';
import type { StepVerdict } from './verdict.ts';

/** A plan as a Mermaid flowchart: one node a job, coloured by what becomes of it, shaped by its lane. Titles are data: whatever stands in them, no
 * word of them is read as Mermaid or as HTML. */
export function mermaid(plan: Plan, verdicts: readonly StepVerdict[]): string {
  const { nodes, edges } = nodesOf(plan, verdicts);
  return [
    'flowchart TD',
    ...nodes.map((node) => `  ${node.id}${shaped(node)}:::${node.fate}`),
    ...edges.map(({ from, to }) => `  ${from} --> ${to}`),
    '  classDef recalled fill:#dff0d8,stroke:#3c763d,color:#1b3b1c',
    '  classDef runs fill:#fcf8e3,stroke:#8a6d3b,color:#4a3a1f',
    '  classDef planned fill:#f5f5f5,stroke:#777777,color:#222222',
    '',
  ].join('\n');
}

/** The GPU works in hexagons, the net in rounded boxes. */
function shaped({ lane, lines }: Node): string {
  const text = `"${lines.map(escaped).join('<br/>')}"`;
  return lane === 'gpu' ? `{{${text}}}` : lane === 'net' ? `(${text})` : `[${text}]`;
}

/** Everything but letters, digits and what no grammar reads as its own becomes a character reference, in Mermaid's spelling: #34; for a quote. */
function escaped(line: string): string {
  return line.replace(/[^\p{L}\p{N} ·.,:→≈/_-]/gu, (mark) => `#${mark.codePointAt(0)};`);
}
