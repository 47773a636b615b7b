import { aName } from '../consent-takes.ts';
import { clause, command } from '../operation.ts';
import { text } from '../values/text.ts';

/** Says that a name means another person or thing here. */
export const claim = command({
  verb: 'CLAIM',
  family: 'consent',
  help: 'says that a name in a text means somebody or something else; a moderator decides',
  details: ['It holds for this very text in this workspace, once a moderator who did not ask approved it.'],
  variants: [
    {
      subject: ['NAMESAKE'],
      name: 'namesake',
      help: 'the name in this text means another',
      takes: aName,
      letters: null,
      clauses: {
        FOR: clause(
          text,
          'the text as it stands in the statement: the prompt, the name or the file name; or an id such as "v12", for a face in it',
          { needed: true },
        ),
        BECAUSE: clause(text, 'who or what is meant'),
      },
    },
  ],
  examples: [
    {
      text: 'CLAIM NAMESAKE "Jane Roe" FOR "Jane Roe feeds the ducks" BECAUSE "my grandmother, not the singer"',
      says: 'asks that the name may stand here',
    },
  ],
});
