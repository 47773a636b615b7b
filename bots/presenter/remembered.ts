import type { Script } from '../../dsl/ast.ts';
import type { JsonObject } from '../../dsl/json.ts';
import type { Ask, Attachment } from './ask.ts';

/** What a button keeps of the files that came with what was said, for whoever presses it to mean them again: where they are, not their bytes. They go with its
 * first use, or after a day (engine/cards/heard.ts). */
export function remembering({ attachments }: Pick<Ask, 'attachments'>): JsonObject {
  if (attachments.length === 0) return {};
  return {
    files: attachments.map(({ url, name, bytes, contentType }) => ({ url, name, bytes, contentType })),
  };
}

/** What was said by a button, with the files that it kept where none came along; how each is reached by now, the chat says. */
export function remembered(ask: Ask, args: JsonObject): Ask {
  const files = (args.files ?? []) as unknown as Attachment[];
  if (ask.attachments.length > 0 || files.length === 0) return ask;
  return { ...ask, attachments: files.map((file) => ask.reach?.(file) ?? file) };
}

/** Whether a clause calls what came along this: evidence, which becomes no media that an id could stand for. */
export function meansThis({ statements }: Script): boolean {
  return statements.some(({ pipeline }) =>
    pipeline.stages.some(
      (stage) =>
        stage.type === 'stage' &&
        stage.clauses.some(({ values }) =>
          values.some((value) => value.type === 'reference' && value.name.toLowerCase() === 'this'),
        ),
    ),
  );
}
