import { exitStatus } from '../../outcome.ts';
import { drawTable } from '../../table.ts';
import { clip } from '../../width.ts';
import type { Flags, Setting } from '../program.ts';
import { ArgumentError } from '../read-source.ts';
import { openModels } from '../wiring/models.ts';

type Status = Awaited<ReturnType<ReturnType<typeof openModels>['verify']>>;

/** `pql models list|pull|verify|remove [name]`; without a name pull, verify and remove go over all that are known. */
export async function models(
  action: string,
  name: string | undefined,
  flags: Flags,
  setting: Setting,
): Promise<number> {
  const { config, terminal, process } = setting;
  const store = openModels(config, setting.environment);
  const names = async () => (name === undefined ? (await store.list()).map((model) => model.name) : [name]);
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  process.once('SIGINT', onSignal);
  try {
    if (name !== undefined && action !== 'list') store.model(name);
    switch (action) {
      case 'list':
        return show(await store.list(), flags, setting);
      case 'verify': {
        const all = await Promise.all((await names()).map((each) => store.verify(each)));
        show(all, flags, setting);
        return all.some(({ state }) => state === 'damaged') ? exitStatus.failed : exitStatus.done;
      }
      case 'pull': {
        const all: Status[] = [];
        for (const each of await names()) {
          all.push(await store.pull(each, { signal: stop.signal, onProgress: progressOf(each, setting) }));
          if (terminal.live) terminal.err.write('\r\u{1b}[K');
        }
        return show(all, flags, setting);
      }
      case 'remove': {
        if (name === undefined) throw new ArgumentError('which model? pql models remove NAME');
        const removed = await store.remove(name);
        if (flags.json) terminal.out.write(`${JSON.stringify({ type: 'removed', model: name, removed })}\n`);
        else terminal.out.write(removed ? `${name} removed\n` : `${name} is not here\n`);
        return exitStatus.done;
      }
      default:
        throw new ArgumentError(`models cannot ${action}`, 'pql models list, pull, verify or remove');
    }
  } catch (error) {
    if (stop.signal.aborted) return exitStatus.interrupted;
    // A name that nobody knows is an argument that is wrong.
    if ((error as { code?: string }).code === 'PQL650')
      throw new ArgumentError((error as Error).message, (error as { hint?: string }).hint ?? null);
    throw error;
  } finally {
    process.off('SIGINT', onSignal);
  }
}

function progressOf(name: string, { terminal }: Setting): (fraction: number, note: string) => void {
  let told = -1;
  return (fraction, note) => {
    const percent = Math.floor(fraction * 100);
    if (percent === told) return;
    // In a pipe a line every quarter is enough.
    const first = Math.floor(percent / 25) > Math.floor(told / 25);
    told = percent;
    if (terminal.live)
      terminal.err.write(`\r\u{1b}[K${clip(`${name}  ${percent}%  ${note}`, terminal.size().columns - 1)}`);
    else if (first) terminal.err.write(`${name}  ${percent}%  ${note}\n`);
  };
}

function show(all: readonly Status[], flags: Flags, { terminal }: Setting): number {
  if (flags.json) {
    for (const model of all) terminal.out.write(`${JSON.stringify({ type: 'model', ...model })}\n`);
    return exitStatus.done;
  }
  const lines = drawTable(
    {
      type: 'table',
      title: 'models',
      columns: [
        { name: 'model', type: 'id' },
        { name: 'for', type: 'text' },
        { name: 'variants', type: 'text' },
        { name: 'state', type: 'state' },
        { name: 'download', type: 'bytes' },
        { name: 'on disk', type: 'bytes' },
        { name: 'licence', type: 'text' },
      ],
      rows: all.map((model) => [
        model.name,
        model.task,
        model.variants.join(' '),
        model.state,
        model.downloadBytes,
        model.bytes,
        model.licence,
      ]),
      total: all.length,
      hint: null,
    },
    terminal.width(),
    terminal.now(),
    terminal.outPalette,
  );
  terminal.out.write(`${lines.join('\n')}\n`);
  for (const model of all) for (const each of model.problems) terminal.err.write(`${model.name}: ${each}\n`);
  return exitStatus.done;
}
