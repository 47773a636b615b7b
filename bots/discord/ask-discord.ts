import type { APIApplication, RESTGetAPIGatewayBotResult } from 'discord.js';
import { DiscordAPIError, Routes } from 'discord.js';

import { openRest, within } from './open-rest.ts';

/** Whose a token is, and how often the bot may still be started today. */
export interface Self {
  application: string;
  name: string;
  /** How many shards Discord recommends. */
  shards: number;
  /** Starts that are left until Discord counts anew; each reconnection that does not resume is one. */
  startsLeft: number;
}

/** Asks Discord who the bot is; in words why it does not say. */
export async function askDiscord(apiUrl: string, token: string): Promise<Self | { refused: string }> {
  const rest = openRest(apiUrl, token);
  try {
    const signal = within(undefined);
    const application = (await rest.get(Routes.currentApplication(), { signal })) as APIApplication;
    const gateway = (await rest.get(Routes.gatewayBot(), { signal })) as RESTGetAPIGatewayBotResult;
    return {
      application: application.id,
      name: application.name,
      shards: gateway.shards,
      startsLeft: gateway.session_start_limit.remaining,
    };
  } catch (error) {
    const unknown = error instanceof DiscordAPIError && error.status === 401;
    return { refused: unknown ? 'it does not know this token' : (error as Error).message };
  } finally {
    close(rest);
  }
}

/** discord.js looks through its buckets now and then; nothing else keeps a process alive. */
function close(rest: ReturnType<typeof openRest>): void {
  rest.clearHashSweeper();
  rest.clearHandlerSweeper();
}
