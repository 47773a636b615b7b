import { monitorEventLoopDelay } from 'node:perf_hooks';

/** For how long the event loop was away, milliseconds. */
export interface Lag {
  p99: number;
  max: number;
}

export interface LagMeter extends Disposable {
  /** Over the last half minute, or since the last look where that is longer ago. */
  read(): Lag;
}

/** Milliseconds. */
const window = 30_000;
const resolution = 20;

/** Measures how late timers are. */
export function openLagMeter(now = () => performance.now()): LagMeter {
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  let since = now();
  return {
    read() {
      const late = (nanoseconds: number) =>
        Number.isFinite(nanoseconds) ? Math.max(0, Math.round(nanoseconds / 1e6 - resolution)) : 0;
      const lag = { p99: late(delay.percentile(99)), max: delay.count === 0 ? 0 : late(delay.max) };
      if (now() - since > window) {
        delay.reset();
        since = now();
      }
      return lag;
    },
    [Symbol.dispose]: () => void delay.disable(),
  };
}
