import { showBytes } from '../../../dsl/amounts.ts';
import type { Config } from '../../../engine/config.ts';
import { type FoundTool, findTools, isRecent } from '../../../workers/ffmpeg/find.ts';
import { inspectTools } from '../../../workers/ffmpeg/inspect.ts';
import { fastest, probeProviders } from '../../../workers/onnx/probe.ts';
import { type Finding, ok, problem, warn } from '../doctor/finding.ts';
import { openModels } from './models.ts';

/** ffmpeg and ffprobe: which, why, how new, and what they lack. `path` is the environment's PATH. */
export async function lookAtTools(config: Config, path: string | undefined): Promise<Finding[]> {
  const found = await findTools({
    ffmpegPath: config.ffmpegPath ?? undefined,
    ffprobePath: config.ffprobePath ?? undefined,
    path,
  });
  const { ffmpeg, ffprobe } = await inspectTools(found);
  return [
    lookAtTool('ffmpeg', 'FFMPEG_PATH', found.ffmpeg, ffmpeg),
    lookAtTool('ffprobe', 'FFPROBE_PATH', found.ffprobe, { ...ffprobe, missing: [] }),
  ];
}

/** What doctor says of one program, from why it was chosen and what it answered. */
export function lookAtTool(
  name: string,
  variable: string,
  { path, why }: FoundTool,
  { version, missing }: { version: string | null; missing: readonly string[] },
): Finding {
  const todo = `install ffmpeg 5.1 or newer, or set ${variable}`;
  if (why === 'missing')
    return problem(name, 'not found', 'there is neither an installed nor a packaged one', todo);
  const chosen = {
    configured: `${variable} says so`,
    installed: 'is installed and 5.1 or newer',
    packaged: 'came with the packages: none is installed that is 5.1 or newer',
  }[why];
  if (version === null) return problem(name, path, `${chosen}, but it does not run as ${name}`, todo);
  const found = `${version} at ${path}`;
  if (missing.length > 0)
    return problem(name, found, `${chosen}, but it was built without ${missing.join(', ')}`, todo);
  return isRecent(version)
    ? ok(name, found, chosen)
    : warn(name, found, `${chosen}, but is older than 5.1`, todo);
}

/** Fonts are a choice that nobody has to make. */
export function lookAtFonts(): Finding[] {
  return [ok('fonts', 'none needed', 'no statement draws letters, so installed fonts change no film')];
}

/** Where networks can run; tried, not asked. */
export async function lookAtProviders(): Promise<Finding[]> {
  const reports = await probeProviders();
  const chosen = fastest(reports);
  const working = reports.filter(({ works }) => works);
  if (working.length === 0)
    return [
      problem(
        'networks',
        'none can run',
        reports.map(({ provider, problem }) => `${provider}: ${problem}`).join('; '),
        'install the packages again: npm ci',
      ),
    ];
  return [
    ok(
      'networks',
      `run on ${chosen}`,
      reports
        .map(({ provider, works, milliseconds, problem }) =>
          works
            ? `${provider} works (${milliseconds!.toFixed(1)} ms for the trial)`
            : `${provider}: ${problem}`,
        )
        .join('; '),
    ),
  ];
}

/** Which networks are on this machine. */
export async function lookAtModels(config: Config): Promise<Finding[]> {
  const all = await openModels(config, {}).list();
  return all.map((model) => {
    const name = `model ${model.name}`;
    const what = `for ${model.task} (${model.variants.join(', ')})`;
    if (model.state === 'damaged')
      return problem(name, `damaged: ${model.problems.join(', ')}`, what, `pql models pull ${model.name}`);
    return model.state === 'ready'
      ? ok(name, `ready, ${showBytes(model.bytes)}`, what)
      : ok(name, 'not here yet', `${what}; fetched when first needed (${showBytes(model.downloadBytes)})`);
  });
}
