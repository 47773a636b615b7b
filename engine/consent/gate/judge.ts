import type { Queries } from '../../store/port.ts';
import type { Grant } from '../grants/standing.ts';
import type { FindingAcross } from '../matcher/port.ts';
import { peopleById, peopleCalled } from '../registry/people.ts';
import type { Person } from '../registry/person.ts';
import type { Signer } from '../signing/signer.ts';
import type { Ruling } from './cleared.ts';
import { type Grounds, groundsOf, whyNotShown } from './grounds.ts';
import { epochOf, type NameIndex } from './name-index.ts';
import { textHash } from './text-hash.ts';
import {
  castRefused,
  denied,
  mayMean,
  notCovered,
  optedOut,
  publicFigure,
  tooMuchToRead,
  type Words,
  waiting,
} from './words.ts';

/** A text of a plan; `origin` says where it stands. */
export interface JudgedText<Origin> {
  text: string;
  origin: Origin;
}

/** Somebody who is to be cast. */
export interface Cast<Origin> {
  name: string;
  under: readonly string[];
  origin: Origin;
}

/** Why something may not be shown. */
export interface Objection<Origin> extends Words {
  /** Where the words stand; `start` and `end` within the text, null for all of it. */
  origin: Origin;
  start: number | null;
  end: number | null;
  /** What a moderator would be asked; null where there is nothing to ask. */
  question: Question | null;
  /** What could be claimed to mean somebody else; null where nothing can, or moderators are asked already. */
  claim: Claim | null;
}

/** A name, and the text in which it would mean somebody else. */
export interface Claim {
  name: string;
  text: string;
}

/** A question for moderators. */
export interface Question {
  person: number;
  said: string;
  text: string;
  textHash: string;
  why: string;
}

/** Who is shown, by which grant. */
export interface Allowed<Origin> {
  person: Person;
  grant: Grant;
  origin: Origin;
}

export interface Judged<Origin> {
  epoch: number;
  objections: Objection<Origin>[];
  allowed: Allowed<Origin>[];
}

/** What everything is judged by. */
export interface Register {
  queries: Queries;
  signer: Signer;
  index: NameIndex;
  /** The database's clock where it is left out, which is one for all workers. */
  now?: (() => Date) | undefined;
}

/** Judges the texts of one plan in a workspace: whom they name, and whether each may be shown. The epoch is of before the look, so that a change
 * meanwhile makes what is admitted under it stale. */
export async function judge<Origin>(
  register: Register,
  workspace: string,
  texts: readonly JudgedText<Origin>[],
  casts: readonly Cast<Origin>[] = [],
): Promise<Judged<Origin>> {
  const { queries, index } = register;
  // The names are loaded for a text that could hold one, not for every SHOW.
  if (texts.length === 0 && casts.length === 0)
    return { epoch: await epochOf(queries), objections: [], allowed: [] };
  const { epoch, finder } = await index.fresh();
  const places = texts.map(({ text }, origin) => ({ text, origin }));
  const { found, unread } = await finder.across(places);
  const called = new Map<string, Person[]>();
  for (const { name } of casts) if (!called.has(name)) called.set(name, await peopleCalled(queries, name));
  const named = await peopleById(queries, [...new Set(found.map(({ person }) => Number(person)))]);
  const hashOf = (finding: FindingAcross<number>) =>
    textHash(finding.places.map(({ origin }) => texts[origin]!.text));
  const everybody = [...named, ...[...called.values()].flat()];
  const grounds = await groundsOf(register, workspace, everybody, found.map(hashOf));
  const said = texts.map(({ text }) => text);
  const judged: Judged<Origin> = { epoch, objections: [], allowed: [] };
  if (unread) judged.objections.push(...tooMuch(texts));
  for (const cast of casts) judgeCast(cast, called.get(cast.name)!, { grounds, said }, judged);
  const castings: Castings<Origin> = {
    casts,
    refused: new Set(judged.objections.map(({ origin }) => origin)),
  };
  for (const finding of found) {
    const person = grounds.people.get(Number(finding.person));
    // Forgotten at this very moment, which raised the epoch.
    if (person === undefined) continue;
    judgeFinding({ finding, person, texts, hash: hashOf(finding), castings }, { grounds, said }, judged);
  }
  return judged;
}

/** What was not read to its end has not passed; said where most of it stands. */
function tooMuch<Origin>(texts: readonly JudgedText<Origin>[]): Objection<Origin>[] {
  const longest = texts.reduce((a, b) => (b.text.length > a.text.length ? b : a));
  return [
    { ...tooMuchToRead(), origin: longest.origin, start: null, end: null, question: null, claim: null },
  ];
}

/** What is judged by, and all that the plan says. */
interface Bench {
  grounds: Grounds;
  said: readonly string[];
}

function judgeCast<Origin>(
  { name, under, origin }: Cast<Origin>,
  people: readonly Person[],
  { grounds, said }: Bench,
  judged: Judged<Origin>,
): void {
  const object = (words: Words): void => {
    judged.objections.push({ ...words, origin, start: null, end: null, question: null, claim: null });
  };
  const refusing = people.find((person) => person.optedOut);
  if (refusing !== undefined) {
    object(optedOut(name, null));
    return;
  }
  const wanted = { use: 'likeness', texts: said, under } as const;
  const leaves = people.map((person) => ({ person, ...grounds.leaveOf(person, wanted) }));
  const leave = leaves.find(({ grant }) => grant !== null);
  if (leave !== undefined) judged.allowed.push({ person: leave.person, grant: leave.grant as Grant, origin });
  else {
    const refused = leaves.find((each) => each.refused !== null)?.refused ?? null;
    object(refused === null ? castRefused(name, under) : notCovered(name, refused.grant, refused.why));
  }
}

interface Case<Origin> {
  finding: FindingAcross<number>;
  person: Person;
  texts: readonly JudgedText<Origin>[];
  hash: string;
  castings: Castings<Origin>;
}

/** Who is cast, and where that is refused already. */
interface Castings<Origin> {
  casts: readonly Cast<Origin>[];
  refused: ReadonlySet<Origin>;
}

function judgeFinding<Origin>(
  { finding, person, texts, hash, castings }: Case<Origin>,
  { grounds, said: all }: Bench,
  judged: Judged<Origin>,
): void {
  const ruling = grounds.rulingOn(person.id, hash);
  if (ruling?.state === 'approved') return;
  const [first] = finding.places;
  const { text, origin } = texts[first!.origin]!;
  const said = finding.places
    .map((place) => texts[place.origin]!.text.slice(place.start, place.end))
    .join(' … ');
  const leave = grounds.leaveOf(person, { use: 'likeness', texts: all });
  const no = whyNotShown(person, leave, {
    optedOut: (who) => optedOut(who, said),
    withoutGrant: (who) => publicFigure(who, said),
    notCovered,
  });
  if (no === null) {
    judged.allowed.push({ person, grant: leave.grant as Grant, origin });
    return;
  }
  if (isTold(finding, text, origin, castings)) return;
  const name = person.names[0]!;
  const whole = [...new Set(finding.places.map((place) => texts[place.origin]!.text))].join('\n');
  const question: Question = { person: person.id, said, text: whole, textHash: hash, why: finding.why };
  const words = (): Words => {
    if (ruling?.state === 'denied') return denied(said, ruling);
    if (ruling !== undefined) return waiting(said, name, ruling);
    return finding.verdict === 'review' ? mayMean(said, name, finding.why) : no;
  };
  judged.objections.push({
    ...words(),
    ...{ origin, start: first!.start, end: first!.end },
    question: ruling === undefined && finding.verdict === 'review' ? question : null,
    // A claim is about one text; what lies across several has no name in any of them.
    claim: !isAsked(ruling) && textHash([text]) === hash ? { name, text } : null,
  });
}

/** Whether moderators have the question before them. */
function isAsked(ruling: Ruling | undefined): boolean {
  return ruling?.state === 'open' || ruling?.state === 'escalated';
}

/** A name after CAST is judged as that: once refused it is told once, and one that has leave is nobody else who merely sounds like it. */
function isTold<Origin>(
  { places, how }: FindingAcross<number>,
  text: string,
  origin: Origin,
  { casts, refused }: Castings<Origin>,
): boolean {
  if (places.length > 1 || !casts.some((cast) => cast.origin === origin && cast.name === text)) return false;
  return refused.has(origin) || how !== 'exact';
}
