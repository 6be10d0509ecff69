import { anyOid } from '../types/catalog-types.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { displayType, typeEntry } from '../types/type-table.js';
import { aggregateOids } from './aggregate-oids.js';
import type { AggregateDefinition, BoundArgument, FunctionDefinition, ParameterKind } from './contract.js';
import { aggregateFunctions, scalarFunctions } from './index.js';
import { scalarOids } from './scalar-oids.js';

/** A built-in function as PG_PROC lists it. */
export interface ListedFunction {
  readonly oid: number;
  readonly name: string;
  /** `prokind`: function, aggregate, window function. */
  readonly kind: 'f' | 'a' | 'w';
  readonly argumentOids: readonly number[];
  /** As `pg_get_function_arguments` prints them. */
  readonly argumentText: string;
  readonly resultOid: number;
  readonly resultText: string;
  readonly volatility: 'i' | 's' | 'v';
  /** OID of the repeated last argument, 0 without one. */
  readonly variadicOid: number;
  /** How many arguments, from the end, may be left out. */
  readonly defaults: number;
}

/** Recorded oids by `name(arguments)`. They lie below those of system views. */
const recordedOids: ReadonlyMap<string, number> = new Map(
  [scalarOids, aggregateOids].flatMap((record) =>
    Object.entries(record).flatMap(([name, forms]) =>
      Object.entries(forms).map(([argumentText, oid]) => [`${name}(${argumentText})`, oid] as const),
    ),
  ),
);

/** The type listed for each kind of argument; undefined: any type. */
const listedAs: Readonly<Record<ParameterKind, RedshiftType | undefined>> = {
  any: undefined,
  boolean: { id: 'bool' },
  integer: { id: 'int4' },
  bigint: { id: 'int8' },
  numeric: { id: 'numeric' },
  float: { id: 'float8' },
  number: { id: 'numeric' },
  string: { id: 'varchar' },
  varbyte: { id: 'varbyte' },
  date: { id: 'date' },
  time: { id: 'time' },
  timetz: { id: 'timetz' },
  timestamp: { id: 'timestamp' },
  timestamptz: { id: 'timestamptz' },
  datetime: { id: 'timestamp' },
  interval: { id: 'interval' },
  super: { id: 'super' },
  word: { id: 'text' },
  oid: { id: 'oid' },
};

/** Oids of forms that no record names yet, behind the recorded ones: a test asks for their entry. */
const provisionalOids = new Map<string, number>();
const firstProvisionalOid = Math.max(...recordedOids.values()) + 1;

function oidOf(form: string): number {
  const known = recordedOids.get(form) ?? provisionalOids.get(form);
  if (known !== undefined) return known;
  const oid = firstProvisionalOid + provisionalOids.size;
  provisionalOids.set(form, oid);
  return oid;
}

const anyText = '"any"';

/** The functions of the function tables that can be called by a name, in a fixed order. */
export const listedFunctions: readonly ListedFunction[] = [
  ...[...scalarFunctions.values()].flat().map((definition) => ({ definition, kind: 'f' as const })),
  ...[...aggregateFunctions.values()].flat().map((definition) => ({ definition, kind: aggregateKind(definition) })),
]
  .filter(({ definition }) => /^[a-z]\w*$/.test(definition.name))
  .map(({ definition, kind }) => listed(definition, kind));

const volatilityWords = { i: 'IMMUTABLE', s: 'STABLE', v: 'VOLATILE' } as const;

/** The text of a built-in function (`pg_get_functiondef`). */
export function functionDefinition({ name, argumentText, resultText, volatility }: ListedFunction): string {
  return (
    `CREATE OR REPLACE FUNCTION pg_catalog.${name}(${argumentText})\n RETURNS ${resultText}\n LANGUAGE internal\n ` +
    `${volatilityWords[volatility]}\nAS $function$${name}$function$\n`
  );
}

/** Oids by name; 0 for a name that several functions have. */
export function functionOids(): Map<string, number> {
  const oids = new Map<string, number>();
  for (const { name, oid } of listedFunctions) oids.set(name, oids.has(name) ? 0 : oid);
  return oids;
}

function aggregateKind(definition: AggregateDefinition): 'a' | 'w' {
  return definition.aggregate ? 'a' : 'w';
}

function listed(definition: FunctionDefinition, kind: ListedFunction['kind']): ListedFunction {
  const { name, parameters, variadic = false, optional = 0, volatility } = definition;
  const types = parameters.map((parameter) => listedAs[parameter]);
  const oids = types.map((type) => (type === undefined ? anyOid : typeEntry(type.id).oid));
  const texts = types.map((type, index) => {
    const repeated = variadic && index === types.length - 1 ? 'VARIADIC ' : '';
    return `${repeated}${type === undefined ? anyText : displayType(type)}`;
  });
  const argumentText = texts.join(', ');
  const result = resultType(definition, types);
  const isAny = result.id === 'unknown';
  return {
    oid: oidOf(`${name}(${argumentText})`),
    name,
    kind,
    argumentOids: oids,
    argumentText,
    resultOid: isAny ? anyOid : typeEntry(result.id).oid,
    resultText: isAny ? anyText : displayType(result, { modifier: false }),
    volatility: volatility === 'immutable' ? 'i' : volatility === 'stable' ? 's' : 'v',
    variadicOid: variadic ? (oids.at(-1) ?? 0) : 0,
    defaults: optional,
  };
}

/** The result for arguments of the listed types. */
function resultType({ returns }: FunctionDefinition, types: readonly (RedshiftType | undefined)[]): RedshiftType {
  if (typeof returns !== 'function') return returns;
  return returns(
    types.map(
      (type): BoundArgument => ({
        sql: 'NULL',
        type: type ?? { id: 'unknown' },
        node: { kind: 'null', start: 0, end: 0 },
        constant: undefined,
        word: undefined,
      }),
    ),
  );
}
