import type { Identifier } from '../ast/node.js';
import type { DialectSettings } from '../catalog.js';

/** Lower case of the ASCII letters, as identifiers are folded. */
export function lower(text: string): string {
  return /[A-Z]/.test(text) ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text;
}

/**
 * An identifier as Redshift knows it: folded to lower case, unless it is quoted and `enable_case_sensitive_identifier`
 * is on ("Names and identifiers", AWS developer guide).
 */
export function fold(identifier: Identifier, settings: DialectSettings): string {
  return settings.enableCaseSensitiveIdentifier && identifier.quoted ? identifier.value : lower(identifier.value);
}

/** The attribute a navigation step names in a SUPER object ("SUPER configurations": lax and case settings). */
export function foldAttribute(identifier: Identifier, settings: DialectSettings): string {
  if (settings.enableCaseSensitiveSuperAttribute) return identifier.value;
  return fold(identifier, settings);
}
