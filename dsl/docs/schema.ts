import type { Catalogue } from '../catalogue.ts';
import { commonClauses } from '../common-clauses.ts';
import type { JsonObject } from '../json.ts';
import type { ClauseSpec, Clauses, Operation } from '../operation.ts';

/** JSON Schema (2020-12) of what may be said to each verb, by clause: amounts in base units (seconds, frames a second, fractions). For forms and
 * for programs that write PQL. */
export function argumentsSchema(catalogue: Catalogue): JsonObject {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'PQL verbs',
    $defs: Object.fromEntries(
      [...catalogue.values()].map((operation) => [operation.verb, schemaOf(operation)]),
    ),
  };
}

function schemaOf(operation: Operation): JsonObject {
  if (operation.runs === 'command') {
    return {
      title: operation.verb,
      description: operation.help,
      type: 'object',
      properties: {
        subject: { enum: [...new Set(operation.variants.map(({ name }) => name))] },
        ...(operation.variants.some(({ takes }) => takes !== null) ? { target: { type: 'string' } } : {}),
        ...Object.fromEntries(
          operation.variants.flatMap(({ clauses = {} }) => Object.entries(clauses)).map(propertyOf),
        ),
        ...(operation.settings ? { name: { type: 'string' }, value: { type: 'string' } } : {}),
      },
      additionalProperties: false,
    };
  }
  const clauses: Clauses = { ...operation.clauses, ...commonClauses };
  const { min, max, noun } = operation.takes;
  return {
    title: operation.verb,
    description: operation.help,
    type: 'object',
    properties: {
      operands: { description: noun, type: 'array', minItems: min, maxItems: max, items: { type: 'string' } },
      ...Object.fromEntries(Object.entries(clauses).map(propertyOf)),
      TO: { type: 'string', maxLength: 300 },
      AS: { type: 'string', maxLength: 64 },
    },
    required: min === 0 ? [] : ['operands'],
    additionalProperties: false,
  };
}

function propertyOf([word, { type, help, default: standard }]: [string, ClauseSpec<unknown, unknown>]): [
  string,
  JsonObject,
] {
  return [
    word,
    {
      ...type.schema,
      description: help,
      ...(standard === null ? {} : { default: standard as JsonObject }),
    },
  ];
}
