import type { Queries } from '../../store/port.ts';
import { whyNotCovered } from '../grants/covers.ts';
import { type Grant, grantsOf } from '../grants/standing.ts';
import type { Use } from '../grants/terms.ts';
import type { FindingAcross } from '../matcher/port.ts';
import { peopleById, peopleCalled } from '../registry/people.ts';
import type { Person } from '../registry/person.ts';
import type { Signer } from '../signing/signer.ts';
import { type Ruling, rulingKey, rulingsOn } from './cleared.ts';
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
  const { queries, signer, index } = register;
  // The names are loaded for a text that could hold one, not for every SHOW.
  if (texts.length === 0 && casts.length === 0)
    return { epoch: await epochOf(queries), objections: [], allowed: [] };
  const { epoch, finder } = await index.fresh();
  const places = texts.map(({ text }, origin) => ({ text, origin }));
  const { found, unread } = await finder.across(places);
  const called = new Map<string, Person[]>();
  for (const { name } of casts) if (!called.has(name)) called.set(name, await peopleCalled(queries, name));
  const named = await peopleById(queries, [...new Set(found.map(({ person }) => Number(person)))]);
  const people = new Map([...named, ...[...called.values()].flat()].map((person) => [person.id, person]));
  const grants = await grantsOf(queries, signer, workspace, [...people.keys()]);
  // Without grants nothing depends on it.
  const now = grants.length === 0 ? new Date(0) : await timeOf(register);
  const hashOf = (finding: FindingAcross<number>) =>
    textHash(finding.places.map(({ origin }) => texts[origin]!.text));
  const rulings = await rulingsOn(queries, workspace, found.map(hashOf));
  const said = texts.map(({ text }) => text);
  const covering = (person: Person, use: Use, under: readonly string[] = []) => {
    const own = grants.filter(
      (grant) => grant.person === person.id && (under.length === 0 || under.includes(grant.id)),
    );
    const why = own.map((grant) => ({ grant, why: whyNotCovered(grant, { use, now, texts: said }) }));
    return { grant: why.find((each) => each.why === null)?.grant ?? null, best: why.at(-1) ?? null };
  };
  const judged: Judged<Origin> = { epoch, objections: [], allowed: [] };
  if (unread) judged.objections.push(...tooMuch(texts));
  for (const cast of casts) judgeCast(cast, called.get(cast.name)!, covering, judged);
  const castings: Castings<Origin> = {
    casts,
    refused: new Set(judged.objections.map(({ origin }) => origin)),
  };
  for (const finding of found) {
    const person = people.get(Number(finding.person));
    // Forgotten at this very moment, which raised the epoch.
    if (person === undefined) continue;
    const ruling = rulings.get(rulingKey(person.id, hashOf(finding)));
    judgeFinding({ finding, person, ruling, texts, hash: hashOf(finding), castings }, covering, judged);
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

/** This moment, by the clock that grants begin and end by. */
export async function timeOf({ queries, now }: Pick<Register, 'queries' | 'now'>): Promise<Date> {
  if (now !== undefined) return now();
  const [row] = await queries.query<{ now: Date }>('select clock_timestamp() as now');
  return (row as { now: Date }).now;
}

type Covering = (
  person: Person,
  use: Use,
  under?: readonly string[],
) => { grant: Grant | null; best: { grant: Grant; why: string | null } | null };

function judgeCast<Origin>(
  { name, under, origin }: Cast<Origin>,
  people: readonly Person[],
  covering: Covering,
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
  const leaves = people.map((person) => ({ person, ...covering(person, 'likeness', under) }));
  const leave = leaves.find(({ grant }) => grant !== null);
  if (leave !== undefined) judged.allowed.push({ person: leave.person, grant: leave.grant as Grant, origin });
  else {
    const best = leaves.find((each) => each.best !== null)?.best ?? null;
    object(best === null ? castRefused(name, under) : notCovered(name, best.grant.id, best.why as string));
  }
}

interface Case<Origin> {
  finding: FindingAcross<number>;
  person: Person;
  ruling: Ruling | undefined;
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
  { finding, person, ruling, texts, hash, castings }: Case<Origin>,
  covering: Covering,
  judged: Judged<Origin>,
): void {
  if (ruling?.state === 'approved') return;
  const [first] = finding.places;
  const { text, origin } = texts[first!.origin]!;
  const { grant, best } = covering(person, 'likeness');
  if (!person.optedOut && grant !== null) {
    judged.allowed.push({ person, grant, origin });
    return;
  }
  if (isTold(finding, text, origin, castings)) return;
  const said = finding.places
    .map((place) => texts[place.origin]!.text.slice(place.start, place.end))
    .join(' … ');
  const name = person.names[0]!;
  const whole = [...new Set(finding.places.map((place) => texts[place.origin]!.text))].join('\n');
  const question: Question = { person: person.id, said, text: whole, textHash: hash, why: finding.why };
  const words = (): Words => {
    if (ruling?.state === 'denied') return denied(said, ruling);
    if (ruling !== undefined) return waiting(said, name, ruling);
    if (finding.verdict === 'review') return mayMean(said, name, finding.why);
    if (person.optedOut) return optedOut(name, said);
    return best === null ? publicFigure(name, said) : notCovered(name, best.grant.id, best.why as string);
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
