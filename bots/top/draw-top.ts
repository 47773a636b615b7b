import { showSeconds } from '../../dsl/amounts.ts';
import type { Json } from '../../dsl/json.ts';
import type { Column } from '../../engine/answer.ts';
import type { ActiveRun, Overview } from '../../engine/overview/overview.ts';
import { type Palette, plainPalette } from '../palette.ts';
import { drawTable } from '../table.ts';
import { clip, columnsOf } from '../width.ts';
import { allot } from './allot.ts';

/** What stands above the tables. */
export interface TopHead {
  /** Which database. */
  place: string;
  now: Date;
  /** What is wrong at present, such as a database that does not answer. */
  trouble: string | null;
  /** How it is left; nothing where it is printed once. */
  keys: string | null;
}

interface Section {
  title: string;
  columns: Column[];
  rows: Json[][];
  /** Said where there are no rows; null leaves the section out. */
  none: string | null;
}

/** Lanes, runs, workers and failures as lines that fit `width` columns and `height` lines; of what has no room the number is said. */
export function drawTop(
  overview: Overview,
  head: TopHead,
  size: { width: number; height: number },
  palette: Palette = plainPalette,
): string[] {
  const { width, height } = size;
  const roomy = height >= 20;
  const sections = sectionsOf(overview, width).filter(({ rows, none }) => rows.length > 0 || none !== null);
  const between = roomy ? sections.length : 0;
  const heights = allot(
    height - 1 - between,
    sections.map(({ rows }) => (rows.length === 0 ? 1 : rows.length + 1)),
  );
  const lines = [drawHead(overview, head, width, palette)];
  for (const [index, { title, columns, rows, none }] of sections.entries()) {
    const room = heights[index]!;
    if (room === 0) continue;
    if (roomy) lines.push('');
    // A line for the head, and one for the number of those that have no room where there is more than one of them.
    const fits = rows.length + 1 <= room ? rows.length : Math.max(1, room - 2);
    const total = room > 2 ? rows.length : fits;
    const table = { type: 'table' as const, title, columns, rows: rows.slice(0, fits), total, hint: none };
    lines.push(...drawTable({ ...table, hint: rows.length === 0 ? none : null }, width, head.now, palette));
  }
  return lines
    .slice(0, height)
    .map((line) => (columnsOf(plain(line)) > width ? clip(plain(line), width) : line));
}

/** Narrow terminals are spared what can be told from the rest. */
const narrow = 60;
const wide = 100;

function sectionsOf({ lanes, runs, more, workers, failures }: Overview, width: number): Section[] {
  const spaces =
    width >= narrow && new Set([...runs, ...failures].map(({ workspace }) => workspace)).size > 1;
  const kept = (parts: [Column, Json][][]): { columns: Column[]; rows: Json[][] } => ({
    columns: parts[0]?.map(([column]) => column) ?? [],
    rows: parts.map((row) => row.map(([, value]) => value)),
  });
  const only = (least: number, ...parts: [Column, Json][]) => (width >= least ? parts : []);
  const whose = ({ workspace }: { workspace: string }): [Column, Json][] =>
    spaces ? [[{ name: 'workspace', type: 'text' }, workspace]] : [];
  return [
    {
      title: 'lanes',
      none: null,
      ...kept(
        lanes.map(({ lane, running, slots, ready, blocked, oldest }) => [
          [{ name: 'lane', type: 'id' }, lane],
          [{ name: 'runs', type: 'number' }, running],
          [{ name: 'slots', type: 'number' }, slots ?? '?'],
          [{ name: 'ready', type: 'number' }, ready],
          ...only(narrow, [{ name: 'blocked', type: 'number' }, blocked]),
          [{ name: 'oldest', type: 'seconds' }, ready === 0 ? null : whole(oldest)],
        ]),
      ),
    },
    {
      title: 'runs',
      none: more ? null : 'nothing runs, and nothing waits',
      ...kept(
        runs.map((run) => [
          ...whose(run),
          [{ name: 'run', type: 'id' }, run.group],
          [{ name: 'statement', type: 'pql' }, run.statement],
          [{ name: 'done', type: 'number' }, progressOf(run, width)],
          ...only(narrow, [{ name: 'for', type: 'seconds' }, whole(run.seconds)]),
          [{ name: 'now', type: width < wide ? 'state' : 'text' }, nowOf(run, width)],
        ]),
      ),
    },
    {
      title: 'workers',
      none: 'nobody works',
      ...kept(
        workers.map(({ id, lanes: served, state, jobs, seconds, title }) => [
          [{ name: 'worker', type: width < narrow ? 'text' : 'id' }, id],
          ...only(narrow, [{ name: 'lanes', type: 'text' }, served.join(' ')]),
          [{ name: 'state', type: 'state' }, state === 'works' ? 'running' : state],
          ...only(narrow, [{ name: 'jobs', type: 'number' }, jobs]),
          [{ name: 'for', type: 'seconds' }, whole(seconds)],
          [{ name: 'does', type: 'text' }, title],
        ]),
      ),
    },
    {
      title: 'failures',
      none: null,
      ...kept(
        failures.map((failed) => [
          ...whose(failed),
          [{ name: 'failed', type: 'id' }, failed.group],
          ...only(narrow, [{ name: 'job', type: 'id' }, failed.job]),
          [{ name: 'ago', type: 'seconds' }, whole(failed.seconds)],
          [{ name: 'code', type: 'id' }, failed.code],
          [{ name: 'why', type: 'text' }, `${failed.message} (${failed.title})`],
        ]),
      ),
    },
  ];
}

function whole(seconds: number | null): number | null {
  return seconds === null ? null : Math.round(seconds);
}

/** `━━━─── 3/6`, without the bar where there is no room for it. */
function progressOf({ done, jobs }: ActiveRun, width: number): string {
  const count = `${done}/${jobs}`;
  if (width < narrow || !Number.isFinite(width)) return count;
  const long = Math.floor((done / Math.max(1, jobs)) * 6);
  return `${'━'.repeat(long)}${'─'.repeat(6 - long)} ${count}`;
}

function nowOf({ running, waits }: ActiveRun, width: number): string {
  if (running === null) return width < narrow ? `${waits}` : `waits: ${waits}`;
  const { job, title, lane, said } = running;
  const seconds = showSeconds(Math.round(running.seconds));
  if (width < wide) return `${job} ${lane} ${seconds}`;
  return `${job} ${seconds}  ${said ?? title}`;
}

function drawHead(overview: Overview, head: TopHead, width: number, palette: Palette): string {
  const { now, place, trouble, keys } = head;
  const running = overview.lanes.reduce((sum, lane) => sum + lane.running, 0);
  const waiting = overview.lanes.reduce((sum, lane) => sum + lane.ready + lane.blocked, 0);
  const clock = now.toTimeString().slice(0, 8);
  const counts = `${running} running, ${waiting} waiting`;
  if (trouble !== null) return palette.bad(clip(`${clock}  ${trouble}`, width));
  const right = keys === null ? '' : `  ${keys}`;
  const left = clip(`${clock}  ${counts}  ${place}`, Math.max(1, width - columnsOf(right)));
  return `${palette.strong(left)}${palette.dim(right)}`;
}

/** A line without its colours, to measure it. */
function plain(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
  return line.replace(/\x1b\[\d+m/g, '');
}
