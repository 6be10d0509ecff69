import type { Identifier, NodeBase } from '../ast/node.js';
import type { Query, RelationName } from '../ast/query.js';
import { fold } from '../bind/identifier.js';
import type { ObjectName } from '../catalog.js';
import { characterPosition, SqlError, SqlState } from '../errors.js';
import type { ParsedStatement } from '../parse.js';
import type { UnsupportedPlan } from '../plan.js';
import type { LoweringContext } from './context.js';
import { describeNode } from './details.js';
import { planKind } from './plan-kind.js';

/** "Names and identifiers": bytes of UTF-8. */
const maximumNameBytes = 127;

/** One statement on its way to a plan: names folded, positions and texts taken from its source. */
export class Lowering {
  constructor(
    readonly statement: ParsedStatement,
    readonly context: LoweringContext,
  ) {}

  /**
   * A folded name.
   *
   * @throws SqlError 42622 for a name of more than 127 bytes.
   */
  name(identifier: Identifier): string {
    const name = fold(identifier, this.context.settings);
    if (name.length * 3 > maximumNameBytes && new TextEncoder().encode(name).length > maximumNameBytes) {
      this.fail('42622', `identifier "${name}" is longer than ${maximumNameBytes} bytes`, identifier);
    }
    return name;
  }

  names(identifiers: readonly Identifier[]): string[] {
    return identifiers.map((identifier) => this.name(identifier));
  }

  parts(name: RelationName): string[] {
    return this.names(name.parts);
  }

  /** `[[database.]schema.]name`. */
  objectName(name: RelationName): ObjectName {
    const parts = this.parts(name);
    return { database: parts.at(-3), schema: parts.at(-2), name: parts.at(-1) ?? '' };
  }

  /** `[database.]schema`, where the database must be the session's own. */
  schemaName(name: RelationName): string {
    const [first = '', second, third] = this.parts(name);
    if (third !== undefined) this.fail(SqlState.syntaxError, 'improper qualified name (too many dotted names)', name);
    if (second === undefined) return first;
    if (first !== this.context.currentDatabase) {
      this.fail(SqlState.featureNotSupported, 'changing schemas of another database is not supported', name);
    }
    return second;
  }

  /** The source text of a node. */
  text(node: NodeBase): string {
    return this.statement.source.slice(node.start, node.end);
  }

  /** The text of a query inside the statement and where it begins there. */
  queryText(query: Query): { text: string; offset: number } {
    return { text: this.text(query), offset: query.start - this.statement.offset };
  }

  fail(code: string, message: string, node: NodeBase, hint?: string): never {
    throw new SqlError(code, message, { position: this.position(node), hint });
  }

  /** 1-based, in characters of the whole source. */
  position(node: NodeBase): number {
    return characterPosition(this.statement.source, node.start);
  }

  /**
   * The plan of a statement that is understood and not run: `node` is the part of it that is to blame, `hint` says what
   * works.
   */
  unsupported(feature: string, node: NodeBase = this.statement.node, hint?: string): UnsupportedPlan {
    const statement = this.statement.node;
    const details = describeNode(statement, this.statement.source);
    return { kind: planKind(statement), unsupported: true, feature, hint, position: this.position(node), details };
  }
}
