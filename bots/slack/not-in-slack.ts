import { refusalOf } from './trouble.ts';

/** Why the bot does not come into Slack, in words for whoever starts it. */
export class NotInSlack extends Error {
  override name = 'NotInSlack';
  readonly hint: string;

  constructor(message: string, hint: string, cause: unknown) {
    super(message, { cause });
    this.hint = hint;
  }
}

/** What Slack has against a token, as such an error; null where it was something else. */
export function refusedToken(error: unknown, variable: string): NotInSlack | null {
  const code = refusalOf(error);
  if (code === null) return null;
  const hint = `copy ${variable} anew from api.slack.com/apps; pql doctor tries it`;
  return new NotInSlack(`Slack says of ${variable}: ${code}`, hint, error);
}
