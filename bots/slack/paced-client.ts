import { webApi } from '@slack/bolt';

import { SurfaceError } from '../presenter/surface.ts';
import type { Clock } from './clock.ts';
import type { Pace } from './pace.ts';

export interface Pacing {
  pace: Pace;
  clock: Clock;
  /** How much of each limit these calls may use. */
  share?: number;
}

/** A client whose calls keep to the limits of their workspace: a short time is waited for, a longer one is told as `later`, so that whoever calls can do
 * something else meanwhile. */
export class PacedClient extends webApi.WebClient {
  readonly #pacing: Pacing;

  constructor(token: string, options: webApi.WebClientOptions, pacing: Pacing) {
    super(token, options);
    this.#pacing = pacing;
  }

  override async apiCall(
    method: string,
    options: Record<string, unknown> = {},
  ): Promise<webApi.WebAPICallResult> {
    const { pace, clock, share } = this.#pacing;
    const channel = typeof options.channel === 'string' ? options.channel : null;
    let call = pace.begin(method, channel, share);
    for (; typeof call === 'number'; call = pace.begin(method, channel, share)) {
      if (call > shortly) throw new SurfaceError({ kind: 'later', after: call / 1000, own: true });
      await clock.sleep(call);
    }
    try {
      return await super.apiCall(method, options);
    } catch (error) {
      if (error instanceof webApi.WebAPIRateLimitedError) pace.refused(method, channel, error.retryAfter);
      throw error;
    } finally {
      call.end();
    }
  }
}

/** Milliseconds that are waited for. */
const shortly = 1500;
