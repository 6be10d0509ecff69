import type { Expression } from '../ast/expression.js';
import type { NodeBase } from '../ast/node.js';
import type { ExpressionItem, Select } from '../ast/query.js';
import type { Binding, BoundRelation } from '../bind/binding.js';
import type { StatementBinder } from '../bind/statement-binder.js';
import { grouped } from '../duckdb/text.js';
import { SqlState } from '../errors.js';
import { booleanType, isUnknown } from '../types/coercion.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { type CastMode, castValue } from './cast.js';
import { Emitter } from './emitter.js';
import type { GroupedOutput } from './grouped-output.js';
import { literalAs } from './literals.js';
import type { RuleSet } from './rule.js';

/** Most characters that aliases may insert in one statement. */
const longestInlined = 4_000_000;

/** What the rules work with: the tree's binding, and the text of the nodes below. */
export class Rewriter {
  readonly emitter: Emitter<Rewriter>;
  readonly binding: Binding;
  /** Grouped expressions of the SELECT whose output is being written, innermost last. */
  readonly groupedOutput: (GroupedOutput | undefined)[] = [];

  /** The grouped output of each SELECT that has one, for the ORDER BY that follows it. */
  readonly groupedSelects = new Map<Select, GroupedOutput>();
  /** Relations whose columns are reached through another one, by its DuckDB alias. */
  readonly homes = new Map<BoundRelation, string>();
  homeCount = 0;
  /** Where the columns under PRIOR are found, while the condition of a CONNECT BY is written. */
  priorHomes: ReadonlyMap<BoundRelation, string> | undefined;
  /** A further condition on the rows of aggregates: the value of a PIVOT's column. */
  aggregateFilter: string | undefined;
  private readonly inlinedTexts = new Map<ExpressionItem, { output: GroupedOutput | undefined; text: string }>();
  private inlinedLength = 0;

  constructor(
    readonly binder: StatementBinder,
    rules: RuleSet<Rewriter>,
  ) {
    this.binding = binder.binding;
    this.emitter = new Emitter(binder.source, rules, () => this);
  }

  /**
   * The text of a select item where another expression names it by its alias. An alias is replaced by its expression,
   * so aliases of aliases grow fast.
   *
   * @throws SqlError 54001 when the inserted texts exceed a statement's limit.
   */
  inlined(item: ExpressionItem, at: NodeBase): string {
    const output = this.groupedOutput.at(-1);
    const known = this.inlinedTexts.get(item);
    const text = known !== undefined && known.output === output ? known.text : this.emit(item.expression);
    this.inlinedTexts.set(item, { output, text });
    this.inlinedLength += text.length;
    if (this.inlinedLength > longestInlined) {
      this.fail(at, SqlState.statementTooComplex, 'the aliases of the select list refer to each other too often');
    }
    return text;
  }

  fail(node: NodeBase, code: string, message: string): never {
    return this.binder.fail(node, code, message);
  }

  typeOf(node: NodeBase): RedshiftType {
    return this.binding.typeOf(node);
  }

  emit(node: NodeBase): string {
    return this.emitter.emit(node);
  }

  splice(node: NodeBase, override?: (child: NodeBase) => string | undefined): string {
    return this.emitter.splice(node, override);
  }

  /** The text for `node`, safe next to any operator. */
  operand(node: NodeBase): string {
    return grouped(this.emit(node));
  }

  /** The text for an expression whose value is brought to `type`. */
  as(node: Expression, type: RedshiftType | undefined, mode: CastMode = 'implicit'): string {
    if (type === undefined) return this.emit(node);
    const literal = literalAs(this, node, type, mode);
    if (literal !== undefined) return literal;
    const from = this.typeOf(node);
    return castValue(this, node, from, type, mode);
  }

  asOperand(node: Expression, type: RedshiftType | undefined, mode: CastMode = 'implicit'): string {
    return grouped(this.as(node, type, mode));
  }

  /** The text for a condition. */
  condition(node: Expression): string {
    const type = this.typeOf(node);
    return this.as(node, isUnknown(type) && !this.binder.operand(node).untyped ? undefined : booleanType);
  }

  /** Writes what PRIOR stands before: columns of the row one level up. */
  prior<T>(write: () => T): T {
    const { priorHomes } = this;
    const outer = new Map(this.homes);
    for (const [relation, home] of priorHomes ?? []) this.homes.set(relation, home);
    try {
      return write();
    } finally {
      this.homes.clear();
      for (const [relation, home] of outer) this.homes.set(relation, home);
    }
  }

  /**
   * Writes inside a place where the grouped expressions of the SELECT are not to be replaced: an aggregate's arguments.
   */
  ungrouped<T>(write: () => T): T {
    return this.within(undefined, write);
  }

  within<T>(output: GroupedOutput | undefined, write: () => T): T {
    this.groupedOutput.push(output);
    try {
      return write();
    } finally {
      this.groupedOutput.pop();
    }
  }
}
