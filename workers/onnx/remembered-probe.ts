import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, cpus, platform, release } from 'node:os';
import { writeWhole } from '../models/files.ts';
import type { ProviderReport } from './probe.ts';
import { providers } from './provider.ts';

/** Asks `probe` once and remembers in a file what it found, for as long as `machine` says the same. A probe takes three processes, most of
 * a second, and would be repeated by every process that has its first job with a network.
 *
 * What is remembered is a guess to start from, not a promise: a provider that has stopped working is noticed when a network is started on
 * it, and the CPU takes its place. A file that cannot be read or written is as good as none. */
export async function rememberedProbe(options: {
  /** Of what is remembered: JSON, made when it is missing. */
  file: string;
  /** What the result depends on: see `probedMachine`. */
  machine: string;
  probe: () => Promise<ProviderReport[]>;
}): Promise<ProviderReport[]> {
  const { file, machine } = options;
  const known = await recall(file, machine);
  if (known) return known;
  const reports = await options.probe();
  // Where not even the CPU works something is wrong that may soon be mended.
  if (reports.some(({ works }) => works)) {
    await writeWhole(file, `${JSON.stringify({ machine, reports }, null, 2)}\n`).catch(() => {});
  }
  return reports;
}

/** SHA-256, hex, of all that decides which providers work: the runtime's version, Node's, the system's, the processor, and the devices and
 * drivers of a GPU. */
export async function probedMachine(): Promise<string> {
  const manifest = createRequire(import.meta.url).resolve('onnxruntime-node/package.json');
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  const parts = [
    ...[version, process.version, platform(), arch(), release()],
    ...[cpus()[0]?.model ?? '', String(cpus().length)],
    await readFile('/proc/driver/nvidia/version', 'utf8').catch(() => ''),
    ...(await names('/dev')).filter((name) => name.startsWith('nvidia') || name === 'dxg'),
    ...(await names('/dev/dri')),
  ];
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}

async function names(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).sort();
}

async function recall(file: string, machine: string): Promise<ProviderReport[] | null> {
  try {
    const kept = JSON.parse(await readFile(file, 'utf8')) as { machine?: unknown; reports?: unknown };
    if (kept.machine !== machine || !Array.isArray(kept.reports)) return null;
    return kept.reports.every(isReport) ? kept.reports : null;
  } catch {
    return null;
  }
}

function isReport(value: unknown): value is ProviderReport {
  if (typeof value !== 'object' || value === null) return false;
  const { provider, works, milliseconds, problem } = value as Record<string, unknown>;
  return (
    providers.some((each) => each === provider) &&
    typeof works === 'boolean' &&
    (milliseconds === null || typeof milliseconds === 'number') &&
    (problem === null || typeof problem === 'string')
  );
}
