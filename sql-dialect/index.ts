/**
 * The Redshift dialect: text in, plans out. Pure: no I/O, no server.
 */

export type { CatalogLookup, DialectSettings, ObjectName, Relation, RelationColumn, RelationKind } from './catalog.js';
export { defaultDialectSettings } from './catalog.js';
export { type CompileContext, compile } from './compile.js';
export { decodeRaisedError, type RaisedError } from './duckdb/raised-error.js';
export { characterPosition, SqlError, type SqlErrorFields, SqlState } from './errors.js';
export { aggregateFunctions, scalarFunctions } from './functions/index.js';
export { leaderOnlyFunctions } from './leader-only.js';
export { type ParsedStatement, type ParseOptions, parseStatements } from './parse.js';
export * from './plan.js';
export { planKind } from './plans/plan-kind.js';
export { showBinding } from './show/binding.js';
export { showTokens } from './show/tokens.js';
export { showTree } from './show/tree.js';
export { translateCatalog } from './translate-catalog.js';
export type { RedshiftType, TypeId } from './types/redshift-type.js';
export { type TypeNameError, typeFromName } from './types/type-names.js';
export {
  displayType,
  duckdbType,
  internalTypeName,
  type TypeCategory,
  type TypeEntry,
  typeCategory,
  typeEntry,
  typeModifier,
} from './types/type-table.js';
