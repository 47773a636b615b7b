import type { DiagnosticCode } from '../../../dsl/diagnostic.ts';
import type { Ruling } from './cleared.ts';

/** What the asker is told, and what to do about it. */
export interface Words {
  code: DiagnosticCode;
  message: string;
  hint: string;
}

/** PQL540: somebody said no. `said` are the words that were found, null where the name itself stands there. */
export function optedOut(name: string, said: string | null): Words {
  return {
    code: 'PQL540',
    message: `${name} asked not to be shown`,
    hint:
      said === null
        ? 'leave this person out; only they can take it back, with OPT IN'
        : `leave the name out; if somebody else is meant, CLAIM NAMESAKE ${quoted(name)} FOR the text, and a moderator decides`,
  };
}

/** PQL541: a public figure, and no grant. */
export function publicFigure(name: string, said: string): Words {
  const read = said === name ? '' : `, read from ${quoted(said)}`;
  return {
    code: 'PQL541',
    message: `${name} is a public figure who gave no leave here${read}`,
    hint: `ask for it: GRANT ${quoted(name)} UNTIL … EVIDENCE … IDENTITY …; if somebody else is meant, CLAIM NAMESAKE ${quoted(name)} FOR the text`,
  };
}

/** PQL542: CAST without leave. */
export function castRefused(name: string, under: readonly string[]): Words {
  return {
    code: 'PQL542',
    message:
      under.length === 0
        ? `${name} gave this workspace no leave to be shown`
        : `${under.join(' and ')} ${under.length === 1 ? 'is' : 'are'} no leave of ${name} for this workspace`,
    hint: `ask for it: GRANT ${quoted(name)} UNTIL … EVIDENCE … IDENTITY …; or describe somebody who does not exist, without CAST`,
  };
}

/** PQL543: a grant that does not cover it; `why` completes "the grant r9 …". */
export function notCovered(name: string, grant: string, why: string): Words {
  return {
    code: 'PQL543',
    message: `${name} may not be shown: the grant ${grant} ${why}`,
    hint: `FIND REQUEST ${grant} shows what it allows; GRANT ${quoted(name)} … asks for another`,
  };
}

/** PQL544: a person has to decide whether somebody is meant. The hint is replaced when the request has its number. */
export function mayMean(said: string, name: string, why: string): Words {
  return {
    code: 'PQL544',
    message: `${quoted(said)} may mean ${name}: ${why}`,
    hint: 'a moderator has to decide whether it does; other words need no decision',
  };
}

/** The same once they were asked. */
export function waiting(said: string, name: string, { request }: Pick<Ruling, 'request'>): Words {
  return {
    code: 'PQL544',
    message: `${quoted(said)} may mean ${name}: a moderator decides`,
    hint: asked(request),
  };
}

export function asked(request: string): string {
  return `${request} asks the moderators; run this again once it is approved, or choose other words now`;
}

/** PQL545: a moderator said no to this text. */
export function denied(said: string, { request, reason }: Ruling): Words {
  return {
    code: 'PQL545',
    message: `a moderator refused ${quoted(said)} in this text (${request})${reason === null ? '' : `: ${reason}`}`,
    hint: 'choose other words',
  };
}

/** PQL559: nobody can tell whom it names. */
export function tooMuchToRead(): Words {
  return {
    code: 'PQL559',
    message: 'it has more words that may be names than can be looked up for one script',
    hint: 'shorten the text, or run it in several scripts: fewer capitals, digits and signs among the letters help most',
  };
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
