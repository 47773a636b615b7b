import type { JsonObject } from '../../dsl/json.ts';
import { mediaType } from '../../dsl/media-type.ts';
import { version } from '../../dsl/version.ts';
import type { History, Made } from './history.ts';

/** What a copy is to say of itself, and which files it is made from (their manifests go along where they have one). */
export interface Statement {
  manifest: JsonObject;
  ingredients: readonly { hash: string; mediaType: string; says: JsonObject }[];
}

/** The name of our own assertion: https://spec.c2pa.org/specifications/specifications/2.2/specs/C2PA_Specification.html#_labels. */
export const ourLabel = 'org.watchai.making';

/** https://cv.iptc.org/newscodes/digitalsourcetype/ */
const sourceTypes = 'http://cv.iptc.org/newscodes/digitalsourcetype/';

/** Writes down how media came about. `of`: the bytes that are signed. `smaller`: they are a preview of it. */
export function stateOf(history: History, of: string, smaller = false): Statement {
  const { recipe, title, facts, made, sources, grants } = history;
  const generated = made.some(({ operation }) => operation === 'generate') || sources.length === 0;
  // A frame of a clip that a film begins with is that clip, placed.
  const edited = made.filter(({ operation }) => operation !== 'generate' && operation !== 'frame');
  const parent = !generated && sources.length === 1;
  const idOf = (hash: string) => `xmp:iid:${hash}`;
  const reference = (hash: string) => ({ parameters: { ingredientIds: [idOf(hash)] } });
  const ofOurs = tells(recipe, 'GENERATE');
  // It may have lost its own credentials on its way, and is no less made by a machine.
  const cameBack = ofOurs && {
    digitalSourceType: sourceTypes + typeOf(true, tells(recipe, 'STITCH') ? sources.length : 0),
  };
  const first = parent
    ? { action: 'c2pa.opened', ...cameBack, ...reference(sources[0]!.hash) }
    : {
        action: 'c2pa.created',
        digitalSourceType: sourceTypes + typeOf(generated || ofOurs, sources.length),
      };
  const actions: JsonObject[] = [
    first,
    ...(parent ? [] : sources.map(({ hash }) => ({ action: 'c2pa.placed', ...reference(hash) }))),
    ...edited.map(actionOf),
    ...(smaller ? [{ action: 'c2pa.transcoded', description: 'made smaller for a chat' }] : []),
  ];
  const own: JsonObject = { artifact: of, pql: recipe, grants: grants.map((grant) => ({ ...grant })) };
  return {
    manifest: {
      claim_generator_info: [{ name: 'WatchAI', version }],
      title,
      format: mediaType(facts),
      assertions: [
        { label: 'c2pa.actions.v2', data: { actions } },
        { label: ourLabel, data: own },
      ],
    },
    ingredients: sources.map(({ hash, name, facts }) => ({
      hash,
      mediaType: mediaType(facts),
      says: {
        title: name,
        format: mediaType(facts),
        instance_id: idOf(hash),
        label: idOf(hash),
        relationship: parent ? 'parentOf' : 'componentOf',
      },
    })),
  };
}

/** The scene renderer computes pictures from rules and has learnt from no data, which is what `algorithmicMedia` means; to call its work
 * `trainedAlgorithmicMedia` would be untrue. Made and found clips together are `compositeSynthetic`; found ones alone `composite`. */
function typeOf(generated: boolean, sources: number): string {
  if (!generated) return 'composite';
  return sources === 0 ? 'algorithmicMedia' : 'compositeSynthetic';
}

/** A film of ours that came back as a file is known by its recipe, which stands in the recipe of what is made from it. */
function tells(recipe: string | null, verb: string): boolean {
  const verbs = (recipe ?? '').replace(/"(?:[^"\\]|\\.)*"/g, '').match(/\b[A-Z]+\b/g);
  return verbs?.includes(verb) === true;
}

/** Names of the specification where it has one for a verb; everything else is an edit. */
const names: Readonly<Record<string, string>> = {
  trim: 'c2pa.trimmed',
  grade: 'c2pa.color_adjustments',
};

function actionOf({ operation, recipe, models }: Made): JsonObject {
  const says: JsonObject = { action: names[operation] ?? 'c2pa.edited', description: clipped(recipe) };
  return models.length === 0 ? says : { ...says, digitalSourceType: `${sourceTypes}algorithmicallyEnhanced` };
}

function clipped(recipe: string): string {
  const [line = ''] = recipe.split('\n');
  return line.length <= 400 ? line : `…${line.slice(-399)}`;
}
