import type { Identifier, NodeBase } from './node.js';
import type { RelationName } from './query.js';

export interface SetStatement extends NodeBase {
  readonly kind: 'set';
  /**
   * Lower case, dots kept: `search_path`, `app_context.user_id`. `SET TIME ZONE` is `timezone`, `SET SEED` is `seed`.
   */
  readonly name: string;
  /** Empty for `SET x TO DEFAULT`. */
  readonly values: readonly SettingValue[];
  readonly local: boolean;
}
export interface SettingValue extends NodeBase {
  readonly kind: 'setting_value';
  readonly type: 'string' | 'number' | 'word' | 'quoted' | 'interval';
  /** Decoded text; words as written. */
  readonly text: string;
}
export interface SetSessionAuthorization extends NodeBase {
  readonly kind: 'set_session_authorization';
  readonly local: boolean;
  /** Undefined for DEFAULT and for RESET SESSION AUTHORIZATION. */
  readonly user: string | undefined;
}
export interface ResetStatement extends NodeBase {
  readonly kind: 'reset';
  /** Lower case; `all` for every setting. */
  readonly name: string;
}
export interface ShowStatement extends NodeBase {
  readonly kind: 'show';
  /** Lower case; `all` for every setting. */
  readonly name: string;
}
/** SHOW of catalog objects: `SHOW TABLES FROM SCHEMA db.s LIKE 'x%' LIMIT 5`. */
export interface ShowObjects extends NodeBase {
  readonly kind: 'show_objects';
  /** Lower case: `tables`, `columns`, `schemas`, `view`, `external table`, `column grants` … */
  readonly what: string;
  readonly scope: RelationName | undefined;
  readonly like: string | undefined;
  readonly limit: number | undefined;
  /** Further clauses by keyword in lower case: `on`, `for`, `arguments` … */
  readonly options: Readonly<Record<string, string>>;
}
export interface UseStatement extends NodeBase {
  readonly kind: 'use';
  readonly database: Identifier;
}
