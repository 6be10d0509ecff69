import { quoteLiteral } from '../../sql-dialect/duckdb/quote.js';
import type { SessionVariable } from '../../sql-dialect/duckdb/session-variables.js';
import type { EngineConnection } from '../engine/contract.js';

/** A variable the session sets: its DuckDB type, and its value as a DuckDB literal, computed when needed. */
export interface VariableValue {
  readonly variable: Pick<SessionVariable, 'name' | 'type'>;
  readonly value: () => string;
  /** Changes with every statement, so that only a text that names it sees the newest. */
  readonly onlyWhenNamed?: boolean;
}

/**
 * The DuckDB variables through which functions and system views read the session's state. Setting one costs as much as
 * a small query, so a variable is set only before a statement that reads it, and only when its value changed.
 */
export class SessionVariables {
  readonly #sent = new Map<string, string>();
  readonly #values: ReadonlyMap<string, VariableValue>;

  constructor(
    private readonly connection: EngineConnection,
    values: readonly VariableValue[],
  ) {
    this.#values = new Map(values.map((value) => [value.variable.name, value]));
  }

  /** Names of the variables that a rewritten text reads. */
  static namesIn(duckdb: string): string[] {
    if (!duckdb.includes('getvariable')) return [];
    return [...new Set(Array.from(duckdb.matchAll(/getvariable\('(\w+)'\)/g), ([, name]) => name ?? ''))];
  }

  /** Bring `names`, or all, up to date on the connection. */
  async flush(names: 'all' | readonly string[]): Promise<void> {
    for (const name of names === 'all' ? this.#values.keys() : names) {
      const line = this.#values.get(name);
      if (line === undefined || (names === 'all' && line.onlyWhenNamed === true)) continue;
      const value = line.value();
      if (this.#sent.get(name) === value) continue;
      await this.connection.run(`SET VARIABLE ${name} = CAST(${value} AS ${line.variable.type})`);
      this.#sent.set(name, value);
    }
  }
}

/** DuckDB literal of a list of texts. */
export function textList(values: readonly string[]): string {
  return `[${values.map(quoteLiteral).join(', ')}]`;
}

/** DuckDB literal of a map of texts. */
export function textMap(values: ReadonlyMap<string, string>): string {
  return `MAP {${Array.from(values, ([key, value]) => `${quoteLiteral(key)}: ${quoteLiteral(value)}`).join(', ')}}`;
}
