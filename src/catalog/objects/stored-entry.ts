import { DuckshiftError } from '../../base/errors.js';
import type { CatalogEntry } from '../contract.js';
import { objectKinds } from './kinds.js';
import { misshapenField } from './stored-fields.js';

/** The text that an entry is stored as. */
export function encodeEntry(entry: CatalogEntry): string {
  return JSON.stringify(entry);
}

/**
 * An entry from its stored text.
 *
 * @throws DuckshiftError XX001 for a text that no version wrote which reads this format: it names the object and the
 * field.
 */
export function decodeEntry(text: string): CatalogEntry {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damaged('the catalog holds an object that is not JSON');
  }
  if (!isObject(value)) throw damaged('the catalog holds something that is no object');
  const kind = value.kind;
  if (!isKind(kind)) throw damaged(`the catalog holds an object of an unknown kind: ${JSON.stringify(kind)}`);
  const field = misshapenField(value, objectKinds[kind].fields);
  if (field !== undefined)
    throw damaged(
      `the catalog holds a ${objectKinds[kind].word} ${JSON.stringify(value.name)} with a damaged ${field}`,
    );
  return value as unknown as CatalogEntry;
}

function isKind(kind: unknown): kind is CatalogEntry['kind'] {
  return typeof kind === 'string' && Object.hasOwn(objectKinds, kind);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function damaged(message: string): DuckshiftError {
  return new DuckshiftError('XX001', message, {
    hint: 'The data directory is damaged, or another program wrote to it.',
  });
}
