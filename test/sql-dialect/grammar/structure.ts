/** What two parsers must agree on about a statement, as sorted lists of texts. */
export interface Structure {
  /** `name/arity` of calls written the ordinary way. */
  readonly calls: readonly string[];
  /** `schema.name alias`. */
  readonly tables: readonly string[];
  /** Written labels of select items. */
  readonly labels: readonly string[];
  /** Nested operators, operands other than operators as `_`. */
  readonly operators: readonly string[];
}

/** Calls that PostgreSQL makes out of special syntax, or that one of the two parsers has a node of its own for. */
export const unlisted: ReadonlySet<string> = new Set([
  'coalesce',
  'greatest',
  'least',
  'nullif',
  'grouping',
  'rollup',
  'cube',
  'trim',
  'like_escape',
  'similar_to_escape',
  'convert',
  'current_timestamp',
]);

/** A structure being gathered. */
export class StructureLists {
  readonly calls: string[] = [];
  readonly tables: string[] = [];
  readonly labels: string[] = [];
  readonly operators: string[] = [];

  sorted(): Structure {
    return {
      calls: this.calls.sort(),
      tables: this.tables.sort(),
      labels: this.labels.sort(),
      operators: this.operators.sort(),
    };
  }
}
