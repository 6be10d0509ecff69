import type { Expression } from '../ast/expression.js';
import type { AggregateDefinition, FunctionDefinition, ParameterKind } from '../functions/contract.js';
import {
  booleanType,
  canCast,
  dateType,
  float8,
  int4,
  int8,
  intervalType,
  isDateLike,
  isInterval,
  isNumber,
  isString,
  isSuper,
  isUnknown,
  numeric,
  superType,
  timestampType,
  timestamptzType,
  varchar,
} from '../types/coercion.js';
import { numberLiteralType } from '../types/literal-types.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { maximumPrecision } from '../types/type-names.js';
import { typeCategory } from '../types/type-table.js';
import { constantOf } from './statement-binder.js';

/** A call's argument while a definition is being sought. */
export interface Candidate {
  readonly node: Expression;
  /** A bare name or string that may be a date part, in lower case. */
  readonly word: string | undefined;
  readonly type: RedshiftType;
  readonly untyped: boolean;
}

/** First the definition that takes the arguments as they stand, else the first that takes them with implicit casts. */
export function chooseDefinition(
  definitions: readonly (FunctionDefinition | AggregateDefinition)[],
  candidates: readonly Candidate[],
  star: boolean,
): FunctionDefinition | AggregateDefinition | undefined {
  if (star) return definitions.find((definition) => definition.parameters.length === 0);
  const fitting = definitions.filter((definition) => fitsCount(definition, candidates.length));
  const takes = (accepts: (kind: ParameterKind, candidate: Candidate) => boolean) =>
    fitting.find((definition) => candidates.every((candidate, i) => accepts(parameterKind(definition, i), candidate)));
  // A SUPER number may have a fraction: a float takes it before an integer or a decimal would cut it.
  return takes(acceptsAsItStands) ?? takes(acceptsWithoutCutting) ?? takes(acceptsWithCast);
}

function fitsCount(definition: FunctionDefinition, count: number): boolean {
  const { parameters, optional = 0, variadic = false } = definition;
  return count >= parameters.length - optional && (variadic || count <= parameters.length);
}

export function parameterKind(definition: FunctionDefinition, index: number): ParameterKind {
  return definition.parameters[index] ?? definition.parameters.at(-1) ?? 'any';
}

function acceptsAsItStands(kind: ParameterKind, { type, untyped, word }: Candidate): boolean {
  if (kind === 'word') return word !== undefined;
  if (word !== undefined && !untyped) return false;
  if (kind === 'any' || untyped || isUnknown(type)) return true;
  switch (kind) {
    case 'boolean':
      return type.id === 'bool';
    case 'integer':
      return type.id === 'int2' || type.id === 'int4';
    case 'bigint':
      return typeCategory(type) === 'integer';
    case 'numeric':
      return type.id === 'numeric' || typeCategory(type) === 'integer';
    case 'float':
      return typeCategory(type) === 'float';
    case 'number':
      return isNumber(type);
    case 'string':
      return isString(type);
    case 'datetime':
      return isDateLike(type) || typeCategory(type) === 'time';
    case 'interval':
      return isInterval(type);
    case 'oid':
      return typeCategory(type) === 'object' || typeCategory(type) === 'integer';
    default:
      return type.id === kind;
  }
}

function acceptsWithCast(kind: ParameterKind, candidate: Candidate): boolean {
  if (acceptsAsItStands(kind, candidate)) return true;
  if (kind === 'word' || (candidate.word !== undefined && !candidate.untyped)) return false;
  const target = targetType(kind, candidate);
  return target !== undefined && canCast(candidate.type, target, 'implicit');
}

function acceptsWithoutCutting(kind: ParameterKind, candidate: Candidate): boolean {
  const cuts = kind === 'integer' || kind === 'bigint' || kind === 'numeric';
  return !(cuts && isSuper(candidate.type)) && acceptsWithCast(kind, candidate);
}

/** The type an argument is brought to for a parameter; undefined: it stays as it is. */
export function targetType(kind: ParameterKind, candidate: Candidate): RedshiftType | undefined {
  const { type, untyped } = candidate;
  switch (kind) {
    case 'any':
    case 'word':
      return undefined;
    case 'boolean':
      return booleanType;
    case 'integer':
      return int4;
    case 'bigint':
      return isNumber(type) && typeCategory(type) === 'integer' ? undefined : int8;
    case 'numeric':
      if (type.id === 'numeric' || typeCategory(type) === 'integer') return undefined;
      return untyped ? numericOfText(constantOf(candidate.node)) : numeric(maximumPrecision, 10);
    case 'float':
      return float8;
    case 'number':
      return isNumber(type) ? undefined : float8;
    case 'string':
      return isString(type) ? undefined : varchar(undefined);
    case 'varbyte':
      return { id: 'varbyte' };
    case 'date':
      return dateType;
    case 'time':
      return { id: 'time' };
    case 'timetz':
      return { id: 'timetz' };
    case 'timestamp':
      return timestampType;
    case 'timestamptz':
      return timestamptzType;
    case 'datetime':
      return untyped || !(isDateLike(type) || typeCategory(type) === 'time') ? timestampType : undefined;
    case 'interval':
      return isInterval(type) ? undefined : intervalType;
    case 'super':
      return superType;
    case 'oid':
      return untyped ? { id: 'oid' } : undefined;
  }
}

function numericOfText(text: string | null | undefined): RedshiftType {
  const digits = text?.trim().replace(/^[+-]/, '') ?? '';
  if (!/^\d*\.?\d+$|^\d+\.$/.test(digits)) return numeric(maximumPrecision, 10);
  const type = numberLiteralType(digits);
  return type.id === 'numeric' ? type : numeric(Math.min(Math.max(digits.length, 1), maximumPrecision), 0);
}
