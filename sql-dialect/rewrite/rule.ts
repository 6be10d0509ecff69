import type { NodeBase } from '../ast/node.js';

/**
 * How one kind of node is written in DuckDB. A rule looks at its own node only and gives the text for it, or undefined
 * to leave it to the rules after it; the last resort is the source text with the children's texts spliced in.
 */
export interface Rule<Context> {
  readonly name: string;
  /** Node kinds it applies to. */
  readonly kinds: readonly string[];
  /** Names of rules that must have had their turn on the node before this one. */
  readonly needs: readonly string[];
  apply(node: NodeBase, context: Context): string | undefined;
}

/** A rule as it is written down: typed by the nodes of its kinds. */
export interface RuleSpec<Node extends NodeBase, Context> {
  readonly name: string;
  readonly kinds: readonly Node['kind'][];
  readonly needs?: readonly string[];
  apply(node: Node, context: Context): string | undefined;
}

/** Makes a rule that is called with nodes of its kinds only. */
export function rule<Node extends NodeBase, Context>(spec: RuleSpec<Node, Context>): Rule<Context> {
  const kinds: ReadonlySet<string> = new Set(spec.kinds);
  const isOwn = (node: NodeBase): node is Node => kinds.has(node.kind);
  return {
    name: spec.name,
    kinds: spec.kinds,
    needs: spec.needs ?? [],
    apply: (node, context) => (isOwn(node) ? spec.apply(node, context) : undefined),
  };
}

/** Rules by node kind, in the order they are tried. */
export type RuleSet<Context> = ReadonlyMap<string, readonly Rule<Context>[]>;

/**
 * Orders rules so that each comes after those it needs; otherwise they keep their order in the list.
 *
 * @throws Error for a need that no rule answers to, two rules of one name, or needs that go round in a circle.
 */
export function orderRules<Context>(rules: readonly Rule<Context>[]): RuleSet<Context> {
  const byName = new Map<string, Rule<Context>>();
  for (const each of rules) {
    if (byName.has(each.name)) throw new Error(`two rewrite rules are named ${each.name}`);
    byName.set(each.name, each);
  }
  const ordered: Rule<Context>[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (each: Rule<Context>, path: readonly string[]): void => {
    if (state.get(each.name) === 'done') return;
    if (state.get(each.name) === 'open') {
      throw new Error(`rewrite rules need each other: ${[...path, each.name].join(' -> ')}`);
    }
    state.set(each.name, 'open');
    for (const need of each.needs) {
      const needed = byName.get(need);
      if (needed === undefined) throw new Error(`rewrite rule ${each.name} needs ${need}, which does not exist`);
      visit(needed, [...path, each.name]);
    }
    state.set(each.name, 'done');
    ordered.push(each);
  };
  for (const each of rules) visit(each, []);
  const set = new Map<string, Rule<Context>[]>();
  for (const each of ordered) {
    for (const kind of each.kinds) {
      const list = set.get(kind);
      if (list === undefined) set.set(kind, [each]);
      else list.push(each);
    }
  }
  return set;
}
