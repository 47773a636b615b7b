import type { Shown } from '../faces/words.ts';
import type { Ruling } from '../gate/cleared.ts';
import { asked, type Words } from '../gate/words.ts';

/** Where in media somebody is named: `the title of v3 (talk.mp4)`. */
export interface NamedIn extends Shown {
  place: string;
}

/** PQL540: somebody who said no is named inside of a file. */
export function namedOptedOut(who: string, named: NamedIn): Words {
  return {
    code: 'PQL540',
    message: `${who}, who is named in ${whereOf(named)}, asked not to be shown`,
    hint: instead(who, named),
  };
}

/** PQL541: a public figure is named in what a file says that it is, and no grant. */
export function namedWithoutGrant(who: string, named: NamedIn): Words {
  return {
    code: 'PQL541',
    message: `${who}, who is named in ${whereOf(named)}, is a public figure who gave no leave here`,
    hint: `ask for it: GRANT ${JSON.stringify(who)} UNTIL … EVIDENCE … IDENTITY …; ${instead(who, named)}`,
  };
}

/** PQL543: a grant that does not cover it; `why` completes "the grant r9 …". */
export function namedNotCovered(who: string, named: NamedIn, grant: string, why: string): Words {
  return {
    code: 'PQL543',
    message: `${who}, who is named in ${whereOf(named)}, may not be shown: the grant ${grant} ${why}`,
    hint: `FIND REQUEST ${grant} shows what it allows; ${instead(who, named)}`,
  };
}

/** PQL544: a moderator has to decide whether somebody is shown. The hint is replaced when the request has its number. */
export function namedToDecide(said: string, who: string, named: NamedIn): Words {
  return {
    code: 'PQL544',
    message: `${JSON.stringify(said)} in ${whereOf(named)} may mean that ${who} is shown`,
    hint: `a moderator has to decide; leave ${named.name} out`,
  };
}

/** The same once they were asked. */
export function namedWaiting(said: string, who: string, named: NamedIn, { request }: Ruling): Words {
  return { ...namedToDecide(said, who, named), hint: asked(request) };
}

/** PQL545: a moderator said no. */
export function namedDenied(said: string, named: NamedIn, { request, reason }: Ruling): Words {
  return {
    code: 'PQL545',
    message: `a moderator refused ${named.name} for ${JSON.stringify(said)} in ${named.place} (${request})${reason === null ? '' : `: ${reason}`}`,
    hint: `leave ${named.name} out`,
  };
}

/** PQL559: nobody can tell whom it names. */
export function tooMuchInside(named: NamedIn): Words {
  return {
    code: 'PQL559',
    message: `${whereOf(named)} has more words that may be names than can be looked up`,
    hint: `leave ${named.name} out, or give it without`,
  };
}

function whereOf({ place, name }: NamedIn): string {
  return `${place} of ${name}`;
}

function instead(who: string, { name, claim }: NamedIn): string {
  const other = `CLAIM NAMESAKE ${JSON.stringify(who)} FOR ${JSON.stringify(claim ?? name)}`;
  return `leave ${name} out; if somebody else is meant, ${other}, and a moderator decides`;
}
