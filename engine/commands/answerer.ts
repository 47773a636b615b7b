import type { CommandArgumentsOf } from '../../dsl/arguments.ts';
import type { Catalogue } from '../../dsl/catalogue.ts';
import type { Answer } from '../answer.ts';
import type { Asker } from '../asker.ts';
import type { Attached } from '../attachments/read.ts';
import type { Abilities } from '../look-up/world.ts';
import type { Parts } from '../parts.ts';
import type { SettingSpec } from '../settings/specs.ts';

/** What answers are made from. */
export interface CommandTools {
  parts: Parts;
  catalogue: Catalogue;
  abilities: Abilities;
  settings: readonly SettingSpec[];
  /** Where relative paths start; the present folder when left out. */
  folder?: string;
  /** How the pages for people outside are reached, where moderators read evidence; null where they are not. */
  publicUrl?: string | null;
  /** The present moment. */
  now?: () => Date;
}

/** A command as it was asked. */
export interface Asked<V extends keyof CommandArgumentsOf> {
  subject: string;
  arguments: CommandArgumentsOf[V];
  asker: Asker;
  /** A destructive one answers `confirm` until this is true. */
  confirmed: boolean;
  /** The file that came along, which EVIDENCE calls `this`. */
  attached?: Attached | null;
}

/** Answers one verb. */
export type Answerer<V extends keyof CommandArgumentsOf> = (
  asked: Asked<V>,
  tools: CommandTools,
) => Promise<Answer>;

export function refused(code: string, message: string, hint: string | null = null): Answer {
  return { type: 'refused', code, message, hint };
}

export function plainText(text: string, title: string | null = null): Answer {
  return { type: 'text', title, text, format: 'plain' };
}
