import parseDot from 'dotparser';
import { expect, test } from 'vitest';
import { dot } from '../../../dsl/explain/dot.ts';
import { mermaid } from '../../../dsl/explain/mermaid.ts';
import type { StepVerdict } from '../../../dsl/explain/verdict.ts';
import type { Plan } from '../../../dsl/plan.ts';
import { planOf } from '../../fakes/plan.ts';
import { compiled } from '../compiling.ts';

const film = compiled(
  'GENERATE "fog" AS fog; STITCH fog + (ENHANCE fog UPSCALE 2x) TO out/f.mp4 ? https://example.org/u',
).plan!;
const verdicts: StepVerdict[] = [
  { step: 's1', verdict: 'recalled', reason: 'made before', result: 'v30' },
  {
    step: 's2',
    verdict: 'runs',
    reason: 'UPSCALE 4x→2x changed',
    result: null,
    expected: { seconds: 12, bytes: 2_100_000, from: 3 },
  },
];

/** Titles that would end a label, begin an entity, a tag, a directive or a comment, or name another node. */
const hostile = [
  'GENERATE "a\\"] --> n9[\\"b"',
  'x"]; n1 -> evil; label="',
  '<script>alert(1)</script> <b>',
  '%%{init: {"theme":"dark"}}%% %% comment',
  'end subgraph classDef runs click n1 href "javascript:alert(1)"',
  '\\N \\G \\" \\\\ \\',
  '&quot; &#34; #quot; #35; #',
  'line\nbreak\r\u2028and\u0000nothing\u202etxt',
  '`markdown **bold**` ![x](https://example.org) {{}} (()) ||| >]',
  '👩‍🚀 日本語 ünï',
  '',
];
const hostilePlan = planOf(
  Object.fromEntries(
    hostile.map((title, at) => [`h${at}`, { title, ...(at === 0 ? {} : { reads: [`h${at - 1}`] }) }]),
  ),
);

test('draws a Mermaid flowchart', () => {
  expect(mermaid(film, verdicts)).toMatchInlineSnapshot(`
    "flowchart TD
      n1["GENERATE #34;fog#34;<br/>cpu · 1280x720 24fps 4s<br/>recalled as v30"]:::recalled
      n2{{"ENHANCE fog UPSCALE 2x<br/>gpu · 2560x1440 24fps 4s · ≈ 12s · ≈ 2.1 MB<br/>runs: UPSCALE 4x→2x changed"}}:::runs
      n3["STITCH fog #43; #40;ENHANCE fog UPSCALE 2x#41;<br/>cpu · 2560x1440 24fps 8s"]:::planned
      n4["TO out/f.mp4<br/>cpu"]:::planned
      n5("TO out/f.mp4 #63; https://example.org/u<br/>net"):::planned
      n1 --> n2
      n1 --> n3
      n2 --> n3
      n3 --> n4
      n3 --> n5
      classDef recalled fill:#dff0d8,stroke:#3c763d,color:#1b3b1c
      classDef runs fill:#fcf8e3,stroke:#8a6d3b,color:#4a3a1f
      classDef planned fill:#f5f5f5,stroke:#777777,color:#222222
    "
  `);
});

test('draws a Graphviz digraph', () => {
  expect(dot(film, verdicts)).toMatchInlineSnapshot(`
    "digraph plan {
      rankdir=TB;
      node [fontname="sans-serif", style=filled];
      n1 [label="GENERATE \\"fog\\"\\ncpu · 1280x720 24fps 4s\\nrecalled as v30", shape=box, fillcolor="#dff0d8"];
      n2 [label="ENHANCE fog UPSCALE 2x\\ngpu · 2560x1440 24fps 4s · ≈ 12s · ≈ 2.1 MB\\nruns: UPSCALE 4x→2x changed", shape=hexagon, fillcolor="#fcf8e3"];
      n3 [label="STITCH fog + (ENHANCE fog UPSCALE 2x)\\ncpu · 2560x1440 24fps 8s", shape=box, fillcolor="#f5f5f5"];
      n4 [label="TO out/f.mp4\\ncpu", shape=box, fillcolor="#f5f5f5"];
      n5 [label="TO out/f.mp4 ? https://example.org/u\\nnet", shape=ellipse, fillcolor="#f5f5f5"];
      n1 -> n2;
      n1 -> n3;
      n2 -> n3;
      n3 -> n4;
      n3 -> n5;
    }
    "
  `);
});

/** One line of a flowchart as Mermaid's own grammar has it, much narrower: node with a quoted label that holds no quote, backtick or tag but a break. */
const mermaidLine =
  /^ {2}(?:n\d+(?:\["(?:[^"`<>\\&{}()[\]|;%#]|#\d+;|<br\/>)*"\]|\{\{"(?:[^"`<>\\&{}()[\]|;%#]|#\d+;|<br\/>)*"\}\}|\("(?:[^"`<>\\&{}()[\]|;%#]|#\d+;|<br\/>)*"\)):::(?:recalled|runs|planned)|n\d+ --> n\d+|classDef (?:recalled|runs|planned) fill:#[0-9a-f]{6},stroke:#[0-9a-f]{6},color:#[0-9a-f]{6})$/u;

/** The label of a node as Mermaid shows it. */
const shown = (line: string) =>
  line
    .slice(line.indexOf('"') + 1, line.lastIndexOf('"'))
    .split('<br/>')
    .map((part) => part.replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))));

test.each<[string, Plan]>([
  ['a film', film],
  ['hostile titles', hostilePlan],
])('every line of the flowchart of %s is a node, an arrow or a class', (_, plan) => {
  const [head, ...lines] = mermaid(plan, []).trimEnd().split('\n');
  expect(head).toBe('flowchart TD');
  expect(lines.filter((line) => !mermaidLine.test(line))).toEqual([]);
  expect(lines.filter((line) => line.includes(':::'))).toHaveLength(plan.steps.length);
});

test('what Mermaid shows is what was typed', () => {
  const nodes = mermaid(hostilePlan, [])
    .split('\n')
    .filter((line) => line.includes(':::'));
  expect(nodes.slice(0, 7).map((line) => shown(line)[0])).toEqual(hostile.slice(0, 7));
  expect(shown(nodes[7]!)[0]).toBe('line break and nothing txt');
});

test.each<[string, Plan]>([
  ['a film', film],
  ['hostile titles', hostilePlan],
])('Graphviz reads of %s as many nodes and arrows as there are', (_, plan) => {
  const [graph] = parseDot(dot(plan, verdicts));
  const kinds = graph!.children.map(({ type }) => type);
  const count = (kind: string) => kinds.filter((each) => each === kind).length;
  const arrows = plan.steps.flatMap(({ inputs }) => inputs.filter(({ from }) => from === 'step'));
  expect([count('node_stmt'), count('edge_stmt')]).toEqual([plan.steps.length, arrows.length]);
  expect(kinds.filter((kind) => !['node_stmt', 'edge_stmt', 'attr_stmt', 'assign'].includes(kind))).toEqual(
    [],
  );
});

test('cuts long titles and draws ten thousand jobs', () => {
  const plan = planOf(
    Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`s${at}`, { title: 'x'.repeat(2000) }])),
  );
  for (const draw of [mermaid, dot]) {
    const text = draw(plan, []);
    expect(text.split('\n').length).toBeGreaterThan(10_000);
    expect(text.length).toBeLessThan(3_000_000);
  }
});
