import type { Answerer } from './answerer.ts';

/** START MAPREDUCE without all of its parts: asks for them, with what was said filled in and groups to choose from. */
export const start: Answerer<'start'> = async ({ arguments: { group, map, reduce }, asker }, { parts }) => {
  const recent = group === null ? await recentGroups(parts.store, asker.workspace) : [];
  const chosen = group ?? recent[0] ?? 'g7';
  const missing = [
    ...(group === null
      ? [
          `which group: ${recent.length === 0 ? 'nothing was run here yet' : `${recent.join(', ')} …; SHOW GROUPS lists them`}`,
        ]
      : []),
    ...(map === null ? ['what to do with each of its results: MAP ( ENHANCE UPSCALE 2x )'] : []),
    ...(reduce === null ? ['what to make of all: REDUCE STITCH TO out/all.mp4'] : []),
  ];
  const whole = [
    `START MAPREDUCE IN PIPELINE ${chosen}`,
    map ?? 'MAP ( ENHANCE UPSCALE 2x )',
    reduce ?? 'REDUCE STITCH TO out/all.mp4',
  ].join(' ');
  return {
    type: 'text',
    title: 'MapReduce',
    text: [
      'It does something to each result of a group and makes one thing of all. Still to say:',
      ...missing.map((each) => `  · ${each}`),
      '',
      'For example:',
      `  ${whole}`,
      'EXPLAIN before it says what would run. HELP FROM tells of other things to work on.',
    ].join('\n'),
    format: 'plain',
  };
};

async function recentGroups(
  queries: { query<Row>(text: string, parameters: readonly string[]): Promise<Row[]> },
  workspace: string,
): Promise<string[]> {
  const rows = await queries.query<{ id: string }>(
    `select 'g' || number as id from runs where workspace = $1 and state <> 'running' order by id desc limit 3`,
    [workspace],
  );
  return rows.map(({ id }) => id);
}
