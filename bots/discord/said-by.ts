import { type APIInteraction, PermissionFlagsBits } from 'discord.js';

/** Who did something, and what the server made them: the presenter's settings say what that means in WatchAI. */
export interface SaidBy {
  /** Null in direct messages. */
  guild: string | null;
  user: string;
  /** Ids of roles. */
  roles: readonly string[];
  /** `administrator`: may change the server; `moderator`: may take away other people's messages. As Discord counts them, for the channel. */
  rank: 'administrator' | 'moderator' | null;
}

export function saidBy(heard: APIInteraction): SaidBy {
  const { member } = heard;
  const bits = BigInt(member?.permissions ?? '0');
  const may = (...any: readonly bigint[]) => any.some((bit) => (bits & bit) !== 0n);
  return {
    guild: heard.guild_id ?? null,
    user: (member?.user ?? heard.user)!.id,
    roles: member?.roles ?? [],
    rank: may(PermissionFlagsBits.Administrator, PermissionFlagsBits.ManageGuild)
      ? 'administrator'
      : may(PermissionFlagsBits.ManageMessages)
        ? 'moderator'
        : null,
  };
}
