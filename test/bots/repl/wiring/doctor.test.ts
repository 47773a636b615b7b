import { expect, test } from 'vitest';

import { lookAtTool } from '../../../../bots/repl/wiring/doctor.ts';

const installed = { path: '/usr/bin/ffmpeg', why: 'installed' as const, version: null };
const look = (tool: Parameters<typeof lookAtTool>[2], version: string | null, missing: string[] = []) =>
  lookAtTool('ffmpeg', 'FFMPEG_PATH', tool, { version, missing });

test('an ffmpeg that is new enough and whole is fine', () => {
  expect(look(installed, '5.1.9')).toMatchObject({
    state: 'ok',
    found: '5.1.9 at /usr/bin/ffmpeg',
    todo: null,
  });
});

test.each([
  ['it lacks a filter', installed, '7.0', ['filter xfade'], 'problem', 'built without filter xfade'],
  ['it does not run', { ...installed, why: 'configured' as const }, null, [], 'problem', 'does not run'],
  ['it is nowhere', { ...installed, why: 'missing' as const }, null, [], 'problem', 'neither an installed'],
  ['it is old', { ...installed, why: 'configured' as const }, '5.0.3', [], 'warn', 'older than 5.1'],
])('says what to do when %s', (_when, tool, version, missing, state, why) => {
  const finding = look(tool, version, missing);
  expect(finding).toMatchObject({ state, todo: 'install ffmpeg 5.1 or newer, or set FFMPEG_PATH' });
  expect(finding.why).toContain(why);
});
