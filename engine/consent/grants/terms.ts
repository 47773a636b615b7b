import type { JsonObject } from '../../../dsl/json.ts';

/** What somebody may be used for. */
export type Use = 'likeness' | 'voice';

/** What a grant says, as it is signed. */
export interface Terms {
  /** `r9`, in its workspace. */
  grant: string;
  workspace: string;
  person: { id: number; names: string[] };
  uses: Use[];
  /** Where the film may be shown, in words; null for everywhere. Nobody here can see where it is shown: it is told, not enforced. */
  territory: string | null;
  /** ISO 8601. */
  from: string;
  until: string;
  /** What it is not for: words that must not stand in the text. */
  except: string[];
  evidence: { sha256: string; name: string };
  /** How it was made sure who said yes. */
  identity: string;
  asked_by: string;
  /** Two, neither of them who asked. */
  moderators: string[];
  /** The audit's head when it was signed, so that what came before cannot be rewritten. */
  audit: { seq: number; hash: string };
}

/** Reads signed terms; null for what is none. */
export function readTerms(payload: JsonObject | null): Terms | null {
  if (payload === null) return null;
  const { grant, workspace, person, uses, from, until, except, evidence, moderators } =
    payload as unknown as Partial<Terms>;
  const whole =
    typeof grant === 'string' &&
    typeof workspace === 'string' &&
    typeof person?.id === 'number' &&
    Array.isArray(uses) &&
    Array.isArray(except) &&
    Array.isArray(moderators) &&
    new Set(moderators).size >= 2 &&
    typeof evidence?.sha256 === 'string' &&
    !Number.isNaN(Date.parse(String(from))) &&
    !Number.isNaN(Date.parse(String(until)));
  return whole ? (payload as unknown as Terms) : null;
}
