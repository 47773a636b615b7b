import { spawnSync } from 'node:child_process';

/** As much as a soak needs and a machine has. */
const megabytes = 400;

/** Runs this program again with a disk of its own at a folder, seen by nobody else and gone when it ends; answers its exit status. Null where
 * only root of the machine may mount, and we are not. */
export function onSmallDisk(folder: string, program: readonly string[]): number | null {
  if (process.getuid?.() !== 0) return null;
  const mounting = [
    'unshare',
    '--mount',
    'sh',
    '-c',
    `mount -t tmpfs -o size=${megabytes}m tmpfs "$0" && exec "$@"`,
  ];
  const [command = '', ...args] = [...mounting, folder];
  if (spawnSync(command, [...args, 'true']).status !== 0) return null;
  return spawnSync(command, [...args, ...program], { stdio: 'inherit' }).status ?? 1;
}
