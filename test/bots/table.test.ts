import { expect, test } from 'vitest';

import { drawTable } from '../../bots/table.ts';
import { columnsOf } from '../../bots/width.ts';

const now = new Date(2026, 10, 22, 12, 0);
const table = {
  type: 'table' as const,
  title: 'videos',
  columns: [
    { name: 'id', type: 'id' as const },
    { name: 'prompt', type: 'text' as const },
    { name: 'size', type: 'bytes' as const },
    { name: 'length', type: 'seconds' as const },
    { name: 'state', type: 'state' as const },
    { name: 'made', type: 'time' as const },
  ],
  rows: [
    [
      'v1',
      'a lighthouse at dusk, boats, gulls',
      3_141_592,
      14.25,
      'done',
      new Date(2026, 10, 22, 9, 5).toISOString(),
    ],
    ['v12', '夜の港に灯台がある\u{1b}[31m', 812, 65, 'failed', new Date(2026, 10, 21, 9, 5).toISOString()],
  ],
  total: 7,
  hint: null,
};

test('draws a table that people read', () => {
  expect(drawTable(table, 100, now).join('\n')).toMatchInlineSnapshot(`
    "id   prompt                                size  length  state   made
    v1   a lighthouse at dusk, boats, gulls  3.1 MB   14.3s  done    09:05
    v12  夜の港に灯台がある�[31m              812 B  1m 05s  failed  2026-11-21 09:05
    … 5 more"
  `);
});

test('fits any terminal, wide characters included', () => {
  for (let width = 1; width <= 120; width += 1)
    for (const line of drawTable({ ...table, total: 2 }, width, now))
      expect(columnsOf(line)).toBeLessThanOrEqual(Math.max(width, 3));
});

test('cuts texts before ids and numbers', () => {
  const lines = drawTable(table, 56, now);
  expect(lines[1]).toContain('3.1 MB');
  expect(lines[1]).toContain('…');
  expect(lines[2]).toContain('v12');
});

test('says what to do when there is nothing to show', () => {
  expect(drawTable({ ...table, rows: [], total: 0, hint: 'make one with GENERATE' }, 80, now)).toEqual([
    'make one with GENERATE',
  ]);
});
