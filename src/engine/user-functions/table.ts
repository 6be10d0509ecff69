import { dateFunctions } from './date-functions.js';
import type { UserFunction } from './definition.js';
import { formatFunctions } from './format-functions.js';
import { hashFunctions } from './hash-functions.js';
import { jsonFunctions } from './json-functions.js';
import { pcreFunctions } from './pcre-functions.js';
import { superFunctions } from './super-functions.js';
import { superValueFunctions } from './super-value-functions.js';
import { textFunctions } from './text-functions.js';

/** Every JavaScript function of the dialect, a file per family. */
export const userFunctions: readonly UserFunction[] = [
  ...jsonFunctions,
  ...superFunctions,
  ...superValueFunctions,
  ...textFunctions,
  ...dateFunctions,
  ...formatFunctions,
  ...pcreFunctions,
  ...hashFunctions,
];
