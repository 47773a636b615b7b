import type { Setting } from './program.ts';

/** Whoever sets REDIS_URL expects workers elsewhere to hear of jobs: says that none do in this version. */
export function sayWithoutQueue({ config, terminal }: Pick<Setting, 'config' | 'terminal'>): void {
  if (config.redisUrl === null) return;
  terminal.err.write(
    'pql: REDIS_URL is set, and this version has no queue over several machines: the jobs run in this process\n' +
      '   = unset REDIS_URL; DATABASE_URL alone lets several pql of this machine share one database\n',
  );
}
