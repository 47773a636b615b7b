import { readFile } from 'node:fs/promises';
import { showBytes } from '../dsl/amounts.ts';
import { freeBytes } from '../engine/home/free-bytes.ts';
import { freeMemory } from './memory.ts';

/** Why no more jobs should be begun on this machine, in words; null when there is room. `least` is what has to be free, bytes; 0 asks for
 * nothing. What cannot be measured counts as free. */
export async function pressureHere(
  folder: string,
  least: { disk: number; memory: number },
): Promise<string | null> {
  const disk = least.disk > 0 ? await freeBytes(folder) : null;
  if (disk !== null && disk < least.disk)
    return `only ${showBytes(disk)} of disk are free, and ${showBytes(least.disk)} must be (workers.disk)`;
  const memory = least.memory > 0 ? await freeMemory((file) => readFile(file, 'utf8')) : null;
  if (memory !== null && memory < least.memory)
    return `only ${showBytes(memory)} of memory are free, and ${showBytes(least.memory)} must be (workers.memory)`;
  return null;
}
