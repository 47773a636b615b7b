import { chatCommands, messageCommands } from '../../bots/presenter/commands.ts';
import { manifestText } from '../../bots/slack/manifest.ts';
import { catalogue } from '../../dsl/catalogue.ts';
import { verbsMarkdown } from '../../dsl/docs/verbs.ts';
import { vocabularyOf } from '../../dsl/vocabulary-of.ts';
import { diagrams } from '../../grammar/diagrams.ts';
import { ebnf } from '../../grammar/ebnf.ts';
import { productionsOf } from '../../grammar/productions.ts';
import { textMate } from '../../grammar/text-mate.ts';

/** A file that repeats what the code says: its path from the root of the project, and what must be in it. */
export interface Generated {
  path: string;
  text: string;
}

/** Everything that is generated from the code. */
export function generated(): Generated[] {
  const vocabulary = vocabularyOf(catalogue);
  const productions = productionsOf(vocabulary);
  return [
    { path: 'grammar/pql.ebnf', text: ebnf(productions) },
    { path: 'grammar/diagrams.html', text: diagrams(productions) },
    { path: 'grammar/pql.tmLanguage.json', text: textMate(vocabulary) },
    { path: 'docs/slack-manifest.json', text: manifestText(chatCommands(catalogue), messageCommands, null) },
    { path: 'docs/verbs.md', text: verbsMarkdown(catalogue) },
  ];
}
