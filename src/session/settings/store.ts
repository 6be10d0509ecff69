import { type DialectSettings, defaultDialectSettings } from '../../../sql-dialect/catalog.js';
import { DuckshiftError } from '../../base/errors.js';
import type { SettingDefinition } from './definition.js';
import { searchPathSchemas } from './formats.js';
import { settingsTable } from './table.js';

type Values = ReadonlyMap<string, string>;

/** Names that mean another one. */
const aliases: Readonly<Record<string, string>> = {
  'time zone': 'timezone',
  'transaction isolation level': 'transaction_isolation',
  'session authorization': 'session_authorization',
  names: 'client_encoding',
};

/**
 * A session's settings. SET lasts for the session unless its transaction is rolled back; SET LOCAL lasts until the
 * transaction's end (PostgreSQL 8.0, "SET"). Names with a dot are the client's own ("SET": session context variables).
 */
export class SettingStore {
  /** Values in force where they are not the default. */
  #current: Values = new Map();
  /** What stays after COMMIT: `#current` without SET LOCAL. */
  #session: Values = new Map();
  #beforeTransaction: Values | undefined;
  #dialect: DialectSettings = defaultDialectSettings;
  #searchPath: readonly string[] | undefined;

  constructor(private readonly facts: Readonly<Record<string, string>>) {}

  /** Definition of a setting. @throws DuckshiftError 42704 for a name that is none. */
  static definition(name: string): SettingDefinition {
    const key = aliases[name] ?? name;
    const known = settingsTable.get(key);
    if (known !== undefined) return known;
    if (key.includes('.')) return { name: key, default: '', parse: (value) => value, description: 'session context' };
    throw new DuckshiftError('42704', `unrecognized configuration parameter "${name}"`);
  }

  /** The value in force. @throws DuckshiftError 42704. */
  get(name: string): string {
    const definition = SettingStore.definition(name);
    const value = this.#current.get(definition.name);
    if (value === undefined && definition.name.includes('.'))
      throw new DuckshiftError('42704', `unrecognized configuration parameter "${name}"`);
    if (value === undefined && definition.name === 'transaction_read_only') return this.#readOnlyByDefault();
    return value ?? this.facts[definition.name] ?? definition.default;
  }

  /**
   * Change a setting; an undefined value restores the default. Returns the names whose value changed.
   *
   * @throws DuckshiftError 42704, 22023, 0A000, 55P02.
   */
  set(name: string, value: string | undefined, local: boolean): string[] {
    const definition = SettingStore.definition(name);
    if (definition.readOnly === true)
      throw new DuckshiftError('55P02', `parameter "${definition.name}" cannot be changed`);
    const canonical = value === undefined ? undefined : definition.parse(value);
    if (!local) this.#session = withValue(this.#session, definition.name, canonical);
    return this.#replace(withValue(this.#current, definition.name, canonical));
  }

  /** Back to the defaults. */
  resetAll(): string[] {
    this.#session = new Map();
    return this.#replace(new Map());
  }

  begin(): void {
    this.#beforeTransaction = this.#session;
  }
  /**
   * End of a transaction: SET LOCAL ends, and SET too when it was rolled back. Returns the names whose value changed.
   */
  end(committed: boolean): string[] {
    if (!committed && this.#beforeTransaction !== undefined) this.#session = this.#beforeTransaction;
    this.#beforeTransaction = undefined;
    return this.#current === this.#session ? [] : this.#replace(this.#session);
  }

  /** What the dialect needs; the same object until one of its settings changes. */
  get dialect(): DialectSettings {
    return this.#dialect;
  }
  /** Schemas of search_path; the same array until it changes. */
  get searchPath(): readonly string[] {
    this.#searchPath ??= searchPathSchemas(this.get('search_path'));
    return this.#searchPath;
  }
  /** Every setting with its value, by name; the client's own ones too. */
  all(): Map<string, string> {
    const names = new Set([...settingsTable.keys(), ...this.#current.keys()]);
    return new Map(Array.from(names, (name) => [name, this.get(name)]));
  }
  isOn(name: string): boolean {
    return this.get(name) === 'on';
  }
  statementTimeoutMillis(): number {
    return Number(this.#current.get('statement_timeout') ?? 0);
  }
  /** ParameterStatus messages: name as clients know it, value. */
  reported(): Map<string, string> {
    const reported = new Map<string, string>();
    for (const { name, reportedAs } of settingsTable.values())
      if (reportedAs !== undefined) reported.set(reportedAs, this.get(name));
    return reported;
  }

  /** Whether transactions are read-only by default. AWS's JDBC driver sets it as `readonly`. */
  #readOnlyByDefault(): string {
    return this.isOn('default_transaction_read_only') || this.isOn('readonly') ? 'on' : 'off';
  }

  #replace(next: Values): string[] {
    const before = this.#current;
    this.#current = next;
    const names = new Set([...before.keys(), ...next.keys()]);
    const changed = [...names].filter((name) => before.get(name) !== next.get(name));
    if (changed.length > 0) this.#refresh(changed);
    return changed;
  }

  #refresh(changed: readonly string[]): void {
    if (changed.includes('search_path')) this.#searchPath = undefined;
    const dialect: DialectSettings = {
      enableCaseSensitiveIdentifier:
        this.isOn('enable_case_sensitive_identifier') || !this.isOn('downcase_delimited_identifier'),
      enableCaseSensitiveSuperAttribute: this.isOn('enable_case_sensitive_super_attribute'),
      navigateSuperNullOnError: this.isOn('navigate_super_null_on_error'),
      castSuperNullOnError: this.isOn('cast_super_null_on_error'),
      parseSuperNullOnError: this.isOn('parse_super_null_on_error'),
      jsonParseDedupAttributes: this.isOn('json_parse_dedup_attributes'),
      describeFieldNameInUppercase: this.isOn('describe_field_name_in_uppercase'),
    };
    if (JSON.stringify(dialect) !== JSON.stringify(this.#dialect)) this.#dialect = dialect;
  }
}

function withValue(values: Values, name: string, value: string | undefined): Values {
  const next = new Map(values);
  if (value === undefined) next.delete(name);
  else next.set(name, value);
  return next;
}
