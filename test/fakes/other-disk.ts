import { accessSync, constants, statSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** A folder on another file system than where tests keep their files, so that bytes must be copied to get there; undefined where there is none. */
export function otherDisk(): string | undefined {
  return ['/dev/shm', '/tmp', '/var/tmp'].find((folder) => {
    try {
      accessSync(folder, constants.W_OK);
      return statSync(folder).dev !== statSync(tmpdir()).dev;
    } catch {
      return false;
    }
  });
}
