import type { Expression } from '../ast/expression.js';
import type { NodeBase } from '../ast/node.js';
import type { QueryBody, Select } from '../ast/query.js';
import type { Binding, BoundRelation } from '../bind/binding.js';
import type { StatementBinder } from '../bind/statement-binder.js';
import { booleanType, isUnknown } from '../types/coercion.js';
import type { RedshiftType } from '../types/redshift-type.js';
import { type CastMode, castValue } from './cast.js';
import { Emitter } from './emitter.js';
import type { GroupedOutput } from './grouped-output.js';
import { literalAs } from './literals.js';
import type { RuleSet } from './rule.js';
import { grouped } from './text.js';

/** What an output column of a set operation's member is brought to. */
export interface OutputTarget {
  readonly type: RedshiftType;
  /** Strings lose their trailing blanks: the set operation tells values apart by them, Redshift does not. */
  readonly unpad: boolean;
}

/** What the rules work with: the tree's binding, and the text of the nodes below. */
export class Rewriter {
  readonly emitter: Emitter<Rewriter>;
  readonly binding: Binding;
  /** Grouped expressions of the SELECT whose output is being written, innermost last. */
  readonly groupedOutput: (GroupedOutput | undefined)[] = [];

  /** The grouped output of each SELECT that has one, for the ORDER BY that follows it. */
  readonly groupedSelects = new Map<Select, GroupedOutput>();
  /** What the columns of a query's body are brought to, where something around it asks for it. */
  readonly outputTargets = new Map<QueryBody, readonly OutputTarget[]>();
  /** Relations whose columns are reached through another one, by its DuckDB alias. */
  readonly homes = new Map<BoundRelation, string>();
  homeCount = 0;
  /** A further condition on the rows of aggregates: the value of a PIVOT's column. */
  aggregateFilter: string | undefined;

  constructor(
    readonly binder: StatementBinder,
    rules: RuleSet<Rewriter>,
  ) {
    this.binding = binder.binding;
    this.emitter = new Emitter(binder.source, rules, () => this);
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

  /** The text for `node`, safe beside any operator. */
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

  /** Writes inside a place where the grouped expressions of the SELECT are not to be replaced: an aggregate's arguments. */
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
