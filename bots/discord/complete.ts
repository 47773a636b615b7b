import {
  type APIApplicationCommandAutocompleteInteraction,
  InteractionResponseType,
  type REST,
  Routes,
} from 'discord.js';

import type { Asker } from '../../engine/asker.ts';
import { mostChoices } from '../presenter/choice.ts';
import type { Presenter } from '../presenter/presenter.ts';
import { typedOf } from './ask-of.ts';
import { within } from './open-rest.ts';

/** Offers what may be meant while somebody types. Where that takes too long nothing is offered, which they may type all the same. */
export async function complete(
  rest: REST,
  heard: APIApplicationCommandAutocompleteInteraction,
  asker: () => Promise<Asker>,
  presenter: Presenter,
  patience: number = usualPatience,
): Promise<void> {
  const { verb, options } = typedOf(heard.data);
  const field = options.find((option) => 'focused' in option && option.focused);
  const offered = asker().then((somebody) =>
    presenter.complete(verb, field?.name ?? '', String(field?.value ?? ''), somebody),
  );
  const choices = await Promise.race([offered, nothing(patience)]);
  await rest.post(Routes.interactionCallback(heard.id, heard.token), {
    auth: false,
    signal: within(undefined),
    body: {
      type: InteractionResponseType.ApplicationCommandAutocompleteResult,
      data: { choices: choices.slice(0, mostChoices) },
    },
  });
}

/** Milliseconds: Discord waits three seconds, and a list that comes late is no longer the one for what stands there. */
const usualPatience = 2000;

function nothing(after: number): Promise<[]> {
  return new Promise((resolve) => setTimeout(resolve, after, []));
}
