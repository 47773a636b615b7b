import type { WebOptions } from './web.ts';

/** Looks, beside the pages, for what names those whose consent ended: one walk at a time, and another one when somebody says no meanwhile. */
export function openLooking({ revoke, log }: Pick<WebOptions, 'revoke' | 'log'>): {
  begin(): void;
  /** Breaks off: what is left, workers do. */
  end(): Promise<void>;
} {
  const stop = new AbortController();
  let walking: Promise<void> | null = null;
  let again = false;
  const walk = async () => {
    do {
      again = false;
      await revoke?.(stop.signal);
    } while (again && !stop.signal.aborted);
  };
  return {
    begin() {
      again = true;
      walking ??= walk()
        .catch((error) => {
          if (!stop.signal.aborted)
            log.write('warn', 'what names somebody who opted out was not looked for', {}, error);
        })
        .finally(() => {
          walking = null;
        });
    },
    async end() {
      stop.abort();
      await walking;
    },
  };
}
