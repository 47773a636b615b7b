import type { Ruling } from '../gate/cleared.ts';
import { asked, type Words } from '../gate/words.ts';

/** Media in which somebody was seen, as people call it; `claim` is what CLAIM NAMESAKE names it by, null for what is not published. */
export interface Shown {
  name: string;
  claim: string | null;
}

/** PQL540: the face of somebody who said no. */
export function faceOptedOut(who: string, shown: Shown): Words {
  return {
    code: 'PQL540',
    message: `${who}, whose face is in ${shown.name}, asked not to be shown`,
    hint: `${instead(shown)}; ${orSomebodyElse(who, shown)}`,
  };
}

/** PQL542: the face of somebody who gave no leave here. */
export function faceWithoutGrant(who: string, shown: Shown): Words {
  return {
    code: 'PQL542',
    message: `${who}, whose face is in ${shown.name}, gave this workspace no leave to be shown`,
    hint: `ask for it: GRANT ${JSON.stringify(who)} UNTIL … EVIDENCE … IDENTITY …; ${orSomebodyElse(who, shown)}`,
  };
}

/** PQL543: a grant that does not cover it; `why` completes "the grant r9 …". */
export function faceNotCovered(who: string, shown: Shown, grant: string, why: string): Words {
  return {
    code: 'PQL543',
    message: `${who}, whose face is in ${shown.name}, may not be shown: the grant ${grant} ${why}`,
    hint: `FIND REQUEST ${grant} shows what it allows; ${orSomebodyElse(who, shown)}`,
  };
}

/** PQL544: what a moderator has to look at; `why` completes "… in trailer.mp4". The hint is replaced when the request has its number. */
export function faceToDecide(shown: Shown, why: string): Words {
  return {
    code: 'PQL544',
    message: `${why} in ${shown.name}`,
    hint: `a moderator has to decide; ${instead(shown)}`,
  };
}

/** The same once they were asked. */
export function faceWaiting(shown: Shown, why: string, { request }: Pick<Ruling, 'request'>): Words {
  return { code: 'PQL544', message: `${why} in ${shown.name}: a moderator decides`, hint: asked(request) };
}

/** PQL545: a moderator said no. */
export function faceDenied(shown: Shown, { request, reason }: Ruling): Words {
  return {
    code: 'PQL545',
    message: `a moderator refused ${shown.name} for a face in it (${request})${reason === null ? '' : `: ${reason}`}`,
    hint: instead(shown),
  };
}

function instead({ name, claim }: Shown): string {
  return claim === null ? 'describe somebody else, or give another SEED' : `leave ${name} out`;
}

function orSomebodyElse(who: string, { claim }: Shown): string {
  return claim === null
    ? 'if it is somebody else, tell a moderator'
    : `if it is somebody else, CLAIM NAMESAKE ${JSON.stringify(who)} FOR ${JSON.stringify(claim)}, and a moderator decides`;
}
