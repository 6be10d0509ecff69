import type { Expression, Navigation, Path, PathStep } from '../ast/expression.js';
import type { ColumnReference } from '../bind/binding.js';
import { referenceType } from '../bind/scope.js';
import { quoteIdentifier } from '../duckdb/quote.js';
import { grouped } from '../duckdb/text.js';
import { isVector } from '../types/coercion.js';
import { callSql } from './calls.js';
import { castSql } from './cast.js';
import type { Rewriter } from './rewriter.js';
import { rule } from './rule.js';
import { navigate, superJson } from './super.js';
import { homeName } from './unnest.js';

export const pathRules = [
  rule<Path, Rewriter>({ name: 'path', kinds: ['path'], needs: ['grouped output'], apply: pathSql }),
  rule<Navigation, Rewriter>({
    name: 'navigation',
    kinds: ['navigation'],
    needs: ['grouped output'],
    apply: navigationSql,
  }),
];

function pathSql(node: Path, rewriter: Rewriter): string {
  const meaning = rewriter.binding.paths.get(node);
  if (meaning === undefined) return quoteIdentifier(rewriter.binder.fold(node.head));
  if (meaning.kind === 'call') return callSql(rewriter, meaning.call);
  if (meaning.steps.length === 0) return pathBase(rewriter, node).base;
  if (rewriter.typeOf(node).id !== 'super') return arrayElement(rewriter, node, meaning.steps);
  return superJson(navigate(rewriter, node));
}

/** Arrays of PostgreSQL, which catalogs have, count from 1 as DuckDB's lists do; vectors count from 0. */
function arrayElement(rewriter: Rewriter, node: Path, steps: readonly PathStep[]): string {
  const [step] = steps;
  const { base } = pathBase(rewriter, node);
  const meaning = rewriter.binding.paths.get(node);
  const vector = meaning?.kind === 'column' && isVector(referenceType(meaning.reference));
  return step?.kind === 'index_step' ? `${base}[${place(rewriter, step.index, vector)}]` : base;
}

function place(rewriter: Rewriter, index: Expression, fromZero: boolean): string {
  return fromZero ? `${rewriter.operand(index)} + 1` : rewriter.emit(index);
}

function navigationSql(node: Navigation, rewriter: Rewriter): string {
  if (rewriter.typeOf(node).id !== 'super') {
    const [step] = node.steps;
    return step?.kind === 'index_step'
      ? `${rewriter.operand(node.operand)}[${place(rewriter, step.index, isVector(rewriter.typeOf(node.operand)))}]`
      : rewriter.emit(node.operand);
  }
  return superJson(navigate(rewriter, node));
}

/** The text a path begins with, and the steps into its value. */
export function pathBase(rewriter: Rewriter, node: Path): { base: string; steps: readonly PathStep[] } {
  const meaning = rewriter.binding.paths.get(node);
  switch (meaning?.kind) {
    case 'column':
      return { base: referenceSql(rewriter, meaning.reference), steps: meaning.steps };
    case 'alias':
      return { base: grouped(rewriter.inlined(meaning.item, node)), steps: meaning.steps };
    case 'free':
      return { base: meaning.parts.map(quoteIdentifier).join('.'), steps: meaning.steps };
    case 'call':
      return { base: callSql(rewriter, meaning.call), steps: [] };
    case undefined:
      return { base: quoteIdentifier(rewriter.binder.fold(node.head)), steps: node.steps };
  }
}

/** A column by its DuckDB name. */
export function referenceSql(rewriter: Rewriter, reference: ColumnReference): string {
  if (reference.kind === 'column') {
    const { relation, column } = reference;
    const home = rewriter.homes.get(relation);
    if (home !== undefined) return `${quoteIdentifier(home)}.${quoteIdentifier(homeName(relation, column.duckdb))}`;
    return `${quoteIdentifier(relation.alias)}.${quoteIdentifier(column.duckdb)}`;
  }
  if (reference.use === 'left') return referenceSql(rewriter, reference.left);
  if (reference.use === 'right') return referenceSql(rewriter, reference.right);
  const sides = [reference.left, reference.right].map((side) =>
    castSql(referenceSql(rewriter, side), referenceType(side), reference.type, 'implicit', rewriter.binding.settings),
  );
  return `coalesce(${sides.join(', ')})`;
}
