import { type APIInteraction, PermissionFlagsBits } from 'discord.js';

import type { Standing } from '../presenter/roles.ts';

/** Who did something, where, and what the server made them. */
export interface SaidBy {
  /** Null in direct messages. */
  guild: string | null;
  user: string;
  standing: Standing;
}

/** Permissions as Discord itself counts them for this person in this channel: what a client shows or hides decides nothing. */
export function saidBy(heard: APIInteraction): SaidBy {
  const { member } = heard;
  const bits = BigInt(member?.permissions ?? '0');
  const may = (...any: readonly bigint[]) => any.some((bit) => (bits & bit) !== 0n);
  const { Administrator, ManageGuild, ManageMessages } = PermissionFlagsBits;
  return {
    guild: heard.guild_id ?? null,
    user: (member?.user ?? heard.user)!.id,
    standing: {
      admin: may(Administrator),
      moderator: may(Administrator, ManageGuild, ManageMessages),
      groups: member?.roles ?? [],
    },
  };
}
