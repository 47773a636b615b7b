import type { Script, Span } from '../../../dsl/ast.ts';
import type { Catalogue } from '../../../dsl/catalogue.ts';
import { inPieces, planTexts, type ScriptText } from '../../../dsl/plan-texts.ts';
import type { Known, World } from '../../../dsl/world.ts';
import type { Queries } from '../../store/port.ts';
import type { Cast, JudgedText } from './judge.ts';
import { mediaTexts, recipeCasts, recipeTexts } from './media-texts.ts';

/** Where a text stands in a script; `exact` where its characters are those of the source, from behind the opening quote on. */
export interface ScriptPlace {
  span: Span;
  exact: boolean;
}

/** Everything to judge of a script by itself. */
export function textsOf(
  script: Script,
  source: string,
  catalogue: Catalogue,
): {
  texts: JudgedText<ScriptPlace>[];
  casts: Cast<ScriptPlace>[];
  named: { name: string; span: Span; verb: string }[];
  asked: Span[];
} {
  const { texts, castings, named, asked } = planTexts(script, catalogue);
  const places = new Map<string, ScriptPlace>();
  const placeOf = (text: string, span: Span): ScriptPlace => {
    const key = `${span.start} ${text}`;
    const place = places.get(key) ?? { span, exact: source.slice(span.start + 1, span.end - 1) === text };
    places.set(key, place);
    return place;
  };
  return {
    texts: texts.map(({ text, span }) => ({ text, origin: placeOf(text, span) })),
    casts: castings.map(({ name, under, span }) => ({ name, under, origin: placeOf(name, span) })),
    named,
    asked,
  };
}

/** How files were called that came along with a script, in pieces as paths and links are. */
export function textsBrought(brought: readonly ScriptText[]): JudgedText<ScriptPlace>[] {
  return brought
    .flatMap(({ text, span }) => inPieces(text, span))
    .map(({ text, span }) => ({ text, origin: { span, exact: false } }));
}

/** What is said of the media that a script reads, and who was cast in them, at the places that name them. */
export async function textsOfMedia(
  queries: Queries,
  workspace: string,
  catalogue: Catalogue,
  world: World,
  { named, asked }: { named: readonly { name: string; span: Span }[]; asked: readonly Span[] },
): Promise<{ texts: JudgedText<ScriptPlace>[]; casts: Cast<ScriptPlace>[] }> {
  const read: { known: Known; span: Span }[] = named.flatMap(({ name, span }) => {
    const known = world.media.get(name.toLowerCase()) ?? world.files.get(name);
    return known && 'hash' in known ? [{ known, span }] : [];
  });
  // Which FROM found what is all one for a refusal.
  const span = asked[0] ?? { start: 0, end: 0 };
  for (const answered of world.queries.values())
    if ('items' in answered) for (const known of answered.items) read.push({ known, span });
  const stored = await mediaTexts(
    queries,
    workspace,
    read.map(({ known }) => known.hash),
  );
  const once = new Map<string, JudgedText<ScriptPlace>>();
  const cast = new Map<string, Cast<ScriptPlace>>();
  for (const { known, span } of read) {
    const own = known.recipe === null ? [] : [known.recipe];
    const said = stored.get(known.hash) ?? { texts: own.flatMap(recipeTexts), recipes: own };
    for (const text of said.texts)
      if (!once.has(text)) once.set(text, { text, origin: { span, exact: false } });
    for (const name of recipeCasts(said.recipes, catalogue))
      cast.set(name, { name, under: [], origin: once.get(name)?.origin ?? { span, exact: false } });
  }
  return { texts: [...once.values()], casts: [...cast.values()] };
}

/** The very words of an objection in the source. */
export function spanOf({ span, exact }: ScriptPlace, start: number | null, end: number | null): Span {
  if (!exact || start === null || end === null) return span;
  return { start: span.start + 1 + start, end: span.start + 1 + end };
}
