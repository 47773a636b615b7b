import type { Operation } from './operation.ts';
import { approve } from './operations/approve.ts';
import { cancel } from './operations/cancel.ts';
import { claim } from './operations/claim.ts';
import { credits } from './operations/credits.ts';
import { deny } from './operations/deny.ts';
import { enhance } from './operations/enhance.ts';
import { escalate } from './operations/escalate.ts';
import { find } from './operations/find.ts';
import { forget } from './operations/forget.ts';
import { generate } from './operations/generate.ts';
import { grade } from './operations/grade.ts';
import { grant } from './operations/grant.ts';
import { help } from './operations/help.ts';
import { importing } from './operations/import.ts';
import { measure } from './operations/measure.ts';
import { opt } from './operations/opt.ts';
import { probe } from './operations/probe.ts';
import { purge } from './operations/purge.ts';
import { recipe } from './operations/recipe.ts';
import { remember } from './operations/remember.ts';
import { remove } from './operations/remove.ts';
import { report } from './operations/report.ts';
import { retry } from './operations/retry.ts';
import { revoke } from './operations/revoke.ts';
import { search } from './operations/search.ts';
import { set } from './operations/set.ts';
import { shots } from './operations/shots.ts';
import { show } from './operations/show.ts';
import { stitch } from './operations/stitch.ts';
import { trim } from './operations/trim.ts';
import { uses } from './operations/uses.ts';
import { verify } from './operations/verify.ts';

/** All verbs by name in capitals, in the order of the reference. Passed as a value; there is no registry. */
export type Catalogue = ReadonlyMap<string, Operation>;

/** The explicit list: a verb is there because it stands here. */
export const catalogue: Catalogue = new Map(
  [
    generate,
    enhance,
    stitch,
    trim,
    grade,
    probe,
    verify,
    shots,
    measure,
    show,
    find,
    search,
    recipe,
    remove,
    purge,
    cancel,
    retry,
    set,
    help,
    credits,
    opt,
    grant,
    claim,
    approve,
    deny,
    escalate,
    revoke,
    uses,
    report,
    remember,
    forget,
    importing,
  ].map((operation: Operation) => [operation.verb, operation]),
);
