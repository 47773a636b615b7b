import { type Logger, LogLevel } from '@slack/bolt';

import type { Log } from '../../engine/log.ts';

/** Bolt's words in our log. What it says for curiosity's sake holds whole requests, and is not kept. */
export function boltLogger(log: Log): Logger {
  const write =
    (level: 'warn' | 'error') =>
    (...said: unknown[]) => {
      const cause = said.find((word) => word instanceof Error);
      log.write(
        level,
        `slack: ${said
          .filter((word) => word !== cause)
          .map(String)
          .join(' ')}`,
        {},
        cause,
      );
    };
  return {
    debug() {},
    info() {},
    warn: write('warn'),
    error: write('error'),
    setLevel() {},
    getLevel: () => LogLevel.WARN,
    setName() {},
  };
}
