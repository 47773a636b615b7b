import type { Store } from '../../store/port.ts';
import { faceHash } from '../faces/judge-faces.ts';
import { findNamed } from '../file-words/find.ts';
import { fileWordsHash } from '../file-words/judge.ts';
import type { FileText } from '../file-words/port.ts';
import { fileWordsOf } from '../file-words/remember.ts';
import { rulingKey, rulingsOn } from '../gate/cleared.ts';
import { type NameFinder, namesOf } from '../gate/name-index.ts';
import { textHash } from '../gate/text-hash.ts';
import type { NamedUse } from '../grants/uses-of.ts';
import type { Person } from '../registry/person.ts';
import { inRecipe, type MediaSaid, newestMedia, saidOf } from './media-said.ts';

/** How many of the newest media are looked through. */
const mostMedia = 2000;

/** UTF-16 units that are read in all: at some 5 µs each, ten seconds of one core. */
const mostRead = 2_000_000;

/** How many media are looked up at once. */
const portion = 100;

/** How many places of one result are told; of a film whose every chapter names somebody the first say enough. */
const mostPlaces = 3;

/** Media that name people, and what that leaves open. */
export interface NamedMedia {
  /** The newest first. */
  uses: NamedUse[];
  /** How many of the newest were looked through; null where all were. */
  lookedThrough: number | null;
  /** Clips and pictures from outside that nobody has read yet: that comes before something is made of them. */
  notRead: number;
  /** Those with more words that may be names than can be looked up. */
  tooMuch: string[];
}

/** Where somebody is named. */
interface Place {
  place: string;
  sure: boolean;
}

/** Looks for people in what is said of the media of a workspace, and in what is written inside of files from outside, with a finder that knows nobody else:
 * so whoever may be named is found as well, and the same way as the walk finds them once they say no. What moderators let stand as that of a namesake is left out. */
export async function findNamedMedia(
  store: Store,
  createFinder: () => Promise<NameFinder>,
  workspace: string,
  people: readonly Person[],
): Promise<NamedMedia> {
  const finder = await createFinder();
  for (const person of people) finder.add(namesOf(person));
  const look = { store, finder, workspace, people };
  const ids = await newestMedia(store, workspace, mostMedia + 1);
  const found: NamedMedia = { uses: [], lookedThrough: null, notRead: 0, tooMuch: [] };
  let through = 0;
  let read = 0;
  for (let from = 0; from < Math.min(ids.length, mostMedia); from += portion)
    for (const media of await saidOf(
      store,
      workspace,
      ids.slice(from, Math.min(from + portion, mostMedia)),
    )) {
      if (read >= mostRead) return { ...found, lookedThrough: through };
      const inside = media.outside ? ((await fileWordsOf(store, [media.hash])).get(media.hash) ?? null) : [];
      if (inside === null) found.notRead++;
      for (const { text } of [...media.said, ...(inside ?? [])]) read += text.length;
      const named = [await besideOf(look, media), await insideOf(look, media, inside ?? [])];
      const places = named.flatMap((each) => each.places);
      if (places.length > 0) found.uses.push(useOf(media, places));
      if (named.some((each) => each.unread)) found.tooMuch.push(media.name);
      through++;
    }
  return { ...found, lookedThrough: ids.length > mostMedia ? through : null };
}

interface Look {
  store: Store;
  finder: NameFinder;
  workspace: string;
  people: readonly Person[];
}

interface Found {
  places: Place[];
  unread: boolean;
}

/** Prompt, names and paths together: a name may begin in that of a file and end in a prompt. */
async function besideOf({ store, finder, workspace }: Look, { said }: MediaSaid): Promise<Found> {
  const { found, unread } = await finder.across(said.map(({ text }, origin) => ({ text, origin })));
  const hashes = found.map(({ places }) => textHash(places.map(({ origin }) => said[origin]!.text)));
  const rulings = await rulingsOn(store, workspace, hashes);
  const meant = found.filter(
    ({ person }, at) => !isNamesake(rulings.get(rulingKey(Number(person), hashes[at]!))),
  );
  const places = meant.map(({ places, verdict }) => ({
    place: [...new Set(places.map(({ origin }) => said[origin]!.place))].join(' and '),
    sure: verdict === 'block',
  }));
  // The recipe repeats what the rest says.
  const elsewhere = places.filter(({ place }) => !place.includes(inRecipe));
  return { places: elsewhere.length > 0 ? elsewhere : places, unread };
}

async function insideOf(
  { store, finder, workspace, people }: Look,
  { hash }: MediaSaid,
  texts: readonly FileText[],
): Promise<Found> {
  const named = await findNamed(finder, texts);
  if (named.length === 0) return { places: [], unread: false };
  const rulings = await rulingsOn(store, workspace, [fileWordsHash(hash), faceHash(hash)]);
  const places = named.flatMap(({ person, place, kind, sure }) => {
    const who = people.find(({ id }) => id === person);
    // As the gate has it: of whom subtitles only may mean counts for those who said no.
    if (who === undefined || (kind === 'spoken' && !sure && !who.optedOut)) return [];
    const ruled = [fileWordsHash(hash), faceHash(hash)].map((text) => rulings.get(rulingKey(who.id, text)));
    return ruled.some(isNamesake) ? [] : [{ place, sure }];
  });
  return { places, unread: named.some(({ person }) => person === null) };
}

function isNamesake(ruling: { kind: string; state: string } | undefined): boolean {
  return ruling?.kind === 'namesake' && ruling.state === 'approved';
}

/** One row for one result: what is certain goes before what only may be meant. */
function useOf({ name, at }: MediaSaid, found: readonly Place[]): NamedUse {
  const sure = found.filter((each) => each.sure);
  const state = sure.length > 0 ? 'named' : 'may be named';
  const places = [...new Set((sure.length > 0 ? sure : found).map(({ place }) => place))];
  const more = places.length > mostPlaces ? [`${places.length - mostPlaces} more`] : [];
  const told = [...places.slice(0, mostPlaces), ...more];
  const last = told.pop()!;
  return {
    ...{ what: name, state, at },
    says: `${state} in ${told.length > 0 ? `${told.join(', ')} and ` : ''}${last}`,
  };
}
