import type { Script } from '../../dsl/ast.ts';
import type { ConsentView } from '../../dsl/consent.ts';
import type { ScriptText } from '../../dsl/plan-texts.ts';
import type { World } from '../../dsl/world.ts';
import type { Asker } from '../asker.ts';
import type { Claimed } from '../jobs/claim.ts';
import type { Parts } from '../parts.ts';
import type { FaceTools, Result } from './faces/gate.ts';
import type { Person } from './registry/person.ts';
import type { Revoked } from './revocation/scan.ts';
import type { Signer } from './signing/signer.ts';
import type { NamedMedia } from './uses/named-media.ts';

/** Who may be shown: the one gate that every path to pixels passes. A process opens one (engine/consent/open.ts) and hands it on in its parts.
 *
 *   compile   `look` at a script: what may not be shown becomes diagnostics on the very words
 *   submit    the run remembers the epoch of that look
 *   claim     `admit` a job: nothing to do under the same epoch, else its whole run and what it reads are judged anew; files from outside
 *             are read for names in them, and looked at for faces where somebody's is known
 *   publish   `admit` again before what was made is published, in a transaction that nobody can say no in (engine/jobs/complete.ts), and `seen`
 *             for pictures of it
 *   deliver   `mayLeave`, for whatever sends media away or links to it */
export interface Consent {
  signer: Signer;
  /** What looks at faces and seals what they are known by; null where nothing does. */
  faces: FaceTools | null;
  /** What the register says of a script. `world` is what was looked up of it: what its operands are and were made by; `brought` is how files were called that came along with it. */
  look(
    script: Script,
    source: string,
    world: World,
    asker: Asker,
    brought?: readonly ScriptText[],
  ): Promise<ConsentView>;
  /** Files what a moderator has to decide of these objections; the number of each request (`r9`), by objection. */
  file(view: ConsentView, asker: Asker): Promise<ReadonlyMap<object, string>>;
  /** The epoch under which a job may run, or be published; null where its run is gone. Throws Failure PQL54x where it may not, as the register stands now. */
  admit(job: Claimed, signal?: AbortSignal): Promise<number | null>;
  /** Throws Failure PQL54x where what a job made shows somebody who may not be shown. Only pictures are looked at that somebody was cast in, or that were made
   * from other pictures. */
  seen(job: Claimed, made: Result, signal?: AbortSignal): Promise<void>;
  /** Looks for results and work of everybody whose consent ended, and takes them away (engine/consent/revocation/scan.ts). Nothing where nobody's did. */
  revoke(parts: Parts, signal?: AbortSignal): Promise<Revoked[]>;
  /** Why media of a workspace may not be sent away or linked to at this moment, in words; null when it may. */
  mayLeave(workspace: string, hash: string): Promise<string | null>;
  /** Media of a workspace that name these people: in what is said of them, and inside of their files. */
  named(workspace: string, people: readonly Person[]): Promise<NamedMedia>;
}
