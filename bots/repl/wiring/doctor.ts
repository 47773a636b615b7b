import type { Config } from '../../../engine/config.ts';
import { type FoundTool, findTools, majorOf, versionOf } from '../../../workers/ffmpeg/find.ts';
import { fastest, probeProviders } from '../../../workers/onnx/probe.ts';
import { showBytes } from '../../value.ts';
import { type Finding, ok, problem, warn } from '../doctor/finding.ts';
import { openModels } from './models.ts';

/** ffmpeg and ffprobe: which, why, how new. `path` is the environment's PATH. */
export async function lookAtTools(config: Config, path: string | undefined): Promise<Finding[]> {
  const found = await findTools({
    ffmpegPath: config.ffmpegPath ?? undefined,
    ffprobePath: config.ffprobePath ?? undefined,
    path,
  });
  return [
    await lookAtTool('ffmpeg', 'FFMPEG_PATH', found.ffmpeg),
    await lookAtTool('ffprobe', 'FFPROBE_PATH', found.ffprobe),
  ];
}

async function lookAtTool(name: string, variable: string, tool: FoundTool): Promise<Finding> {
  const todo = `install ffmpeg 5 or newer, or set ${variable}`;
  if (tool.why === 'missing')
    return problem(name, 'not found', 'there is neither an installed nor a packaged one', todo);
  const version = tool.version ?? (await versionOf(tool.path));
  if (version === null) return problem(name, tool.path, `does not run as ${name}`, todo);
  const why = {
    configured: `${variable} says so`,
    installed: 'is installed and 5 or newer',
    packaged: 'came with the packages: none is installed that is 5 or newer',
  }[tool.why];
  const found = `${version} at ${tool.path}`;
  // Debian's ffprobe package of the registry is older than its ffmpeg and reads the same containers.
  return majorOf(version) >= 4
    ? ok(name, found, why)
    : warn(name, found, `${why}, but is older than 4`, todo);
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
