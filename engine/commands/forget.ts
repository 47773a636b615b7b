import { forgetFaces, mayForget } from '../consent/faces/forget.ts';
import { peopleCalled } from '../consent/registry/people.ts';
import { type Answerer, plainText, refused } from './answerer.ts';
import { isModerator, notYours } from './consent-roles.ts';

/** FORGET FACE OF "Jane Roe": deletes it at once, everywhere. */
export const forget: Answerer<'forget'> = async ({ arguments: { text: name }, asker }, { parts }) => {
  const people = (await peopleCalled(parts.store, name)).map(({ id }) => id);
  if (!isModerator(asker) && !(await mayForget(parts.store, people, asker)))
    return notYours(
      `the face of ${name} is for whoever asked that it be remembered, and for moderators`,
      'ask one of them',
    );
  const gone = await forgetFaces(parts.store, people, asker);
  if (gone.templates + gone.requests === 0)
    return refused('PQL549', `no face of anybody called ${name} is remembered`, null);
  return plainText(
    gone.templates === 0
      ? `The request to remember ${name} is taken back, and the picture is deleted.`
      : `${name} is not looked for any more: what the face was known by is deleted.`,
  );
};
