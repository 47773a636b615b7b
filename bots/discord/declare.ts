import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';

import type { ChatCommand, CommandOption, MessageCommand } from '../presenter/command.ts';

/** The commands as Discord declares them: for guilds only, since what people make belongs to one. Pure. */
export function declare(
  commands: readonly ChatCommand[],
  onMessages: readonly MessageCommand[],
): RESTPostAPIApplicationCommandsJSONBody[] {
  return [
    ...commands.map((command) => ({
      ...everywhere,
      type: ApplicationCommandType.ChatInput as const,
      name: command.name,
      description: command.description,
      options: [...command.options.map(optionOf), ...(command.under ?? []).map(underOf)],
    })),
    ...onMessages.map(({ name }) => ({ ...everywhere, type: ApplicationCommandType.Message as const, name })),
  ];
}

const everywhere = {
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
};

function underOf({ name, description, options }: ChatCommand): APIApplicationCommandSubcommandOption {
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name,
    description,
    options: options.map(optionOf),
  };
}

function optionOf(option: CommandOption): APIApplicationCommandBasicOption {
  const { id: name, description, required, min, max } = option;
  const common = { name, description, ...(required ? { required } : {}) };
  const bounds = { ...(min === null ? {} : { min_value: min }), ...(max === null ? {} : { max_value: max }) };
  switch (option.type) {
    case 'switch':
      return { ...common, type: ApplicationCommandOptionType.Boolean };
    case 'file':
      return { ...common, type: ApplicationCommandOptionType.Attachment };
    case 'number':
      return { ...common, ...bounds, type: ApplicationCommandOptionType.Number };
    case 'integer':
      return { ...common, ...bounds, type: ApplicationCommandOptionType.Integer };
    case 'text':
      return {
        ...common,
        type: ApplicationCommandOptionType.String,
        ...(option.maxLength === null ? {} : { max_length: option.maxLength }),
        ...(option.choices.length > 0
          ? { choices: option.choices.map((choice) => ({ name: choice.name, value: choice.value })) }
          : option.completed
            ? { autocomplete: true as const }
            : {}),
      } as APIApplicationCommandBasicOption;
  }
}
