import { type APIApplication, type REST, Routes } from 'discord.js';
import { SurfaceError } from '../presenter/surface.ts';
import { GatewayRefusal, unknownToken } from './gateway.ts';
import { within } from './open-rest.ts';
import { pause, pauseAfter } from './pause.ts';
import { troubled } from './trouble.ts';

/** The application that a token is of, asked for as long as it takes to reach Discord; null where the signal ended that. */
export async function whoAmI(
  rest: REST,
  { trouble, signal }: { trouble(words: string): void; signal: AbortSignal },
): Promise<string | null> {
  return insist('say who the bot is', { trouble, signal }, async () => {
    const route = Routes.currentApplication();
    return ((await rest.get(route, { signal: within(signal) })) as APIApplication).id;
  });
}

/** Does something that the bot cannot begin without until Discord is there for it; null where the signal ended that. Throws GatewayRefusal for
 * a token that Discord does not know. */
export async function insist<T>(
  what: string,
  { trouble, signal }: { trouble(words: string): void; signal: AbortSignal },
  work: () => Promise<T>,
): Promise<T | null> {
  for (let failures = 1; !signal.aborted; failures++) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted) return null;
      if ((error as { status?: number }).status === 401)
        throw new GatewayRefusal(unknownToken, { cause: error });
      const met = troubled(error, what, signal);
      if (!(met instanceof SurfaceError) || met.trouble.kind !== 'later') throw error;
      const milliseconds = pauseAfter(failures);
      trouble(`Discord does not ${what} yet; trying again in ${Math.ceil(milliseconds / 1000)} s`);
      await pause(milliseconds, signal);
    }
  }
  return null;
}
