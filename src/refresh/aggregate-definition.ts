import type { Expression, FunctionCall } from '../../sql-dialect/ast/expression.js';
import { childrenOf, type NodeBase } from '../../sql-dialect/ast/node.js';
import type { ExpressionItem, GroupItem, Query, Select } from '../../sql-dialect/ast/query.js';
import { significantTokens } from '../../sql-dialect/lexer/lexer.js';
import { DuckshiftError } from '../base/errors.js';
import { isCall, nameOf } from './definition-nodes.js';

/** How two stored values of a partial column become one. DuckDB aggregates. */
export type MergeFunction = 'sum' | 'min' | 'max';

export interface PartialColumn {
  readonly name: string;
  readonly merge: MergeFunction;
}

/**
 * A view that aggregates a stream, or a view that only grows, taken apart: each refresh stores one row a group of what
 * is new (`partialQuery`), and the view adds these up (`finalQuery`), so that a refresh costs what is new and not what
 * is stored. Both are Redshift SQL.
 */
export interface AggregateDefinition {
  /** Reads the source; its columns are `keys` and then `partials`. */
  readonly partialQuery: string;
  /**
   * Reads the stored partials, as relation `partialRelation`; its columns are the view's.
   *
   * @param scales decimals of the partials that are DECIMAL: AVG of such values is cut to as many, where a quotient
   * would be rounded
   */
  readonly finalQuery: (scales: ReadonlyMap<string, number>) => string;
  readonly keys: readonly string[];
  readonly partials: readonly PartialColumn[];
}

/** Name under which `finalQuery` reads the stored rows. */
export const partialRelation = 'duckshift_partials';

/** What has to be known to take a definition apart. */
export interface AggregateSource {
  /** Whether a function of this name aggregates; the check of the definition has left COUNT, SUM, MIN, MAX and AVG. */
  readonly isAggregate: (name: string) => boolean;
  /** Names of the columns of the stream or view that is read: they go before aliases of the select list. */
  readonly columns: ReadonlySet<string>;
}

/**
 * Take an aggregating definition over a stream, or over a view that only grows, apart.
 *
 * @throws DuckshiftError 0A000 for a form of GROUP BY that cannot be maintained incrementally
 */
export function decomposeAggregate(text: string, query: Query, source: AggregateSource): AggregateDefinition {
  const { body } = query;
  if (body.kind !== 'select') throw unsupported('A set operation');
  return new Splitter(text, body, source).split();
}

class Splitter {
  readonly #keys: { readonly name: string; readonly sql: string; readonly form: string }[] = [];
  readonly #partials = new Map<string, PartialColumn & { readonly sql: string }>();
  readonly #aliases = new Map<string, Expression>();
  #scales: ReadonlyMap<string, number> = new Map();

  constructor(
    private readonly text: string,
    private readonly select: Select,
    private readonly source: AggregateSource,
  ) {}

  split(): AggregateDefinition {
    const { items, groupBy, having, from, where } = this.select;
    const columns = items.map((item) => {
      if (item.kind === 'star') throw unsupported('SELECT *');
      if (item.alias !== undefined) this.#aliases.set(item.alias.value.toLowerCase(), item.expression);
      return item;
    });
    if (groupBy?.all === true) throw unsupported('GROUP BY ALL');
    for (const item of groupBy?.items ?? []) this.#addKey(item, columns);

    const keys = this.#keys.map(({ name }) => name);
    const finalQuery = (scales: ReadonlyMap<string, number>): string => {
      this.#scales = scales;
      const finals = columns.map((item) => {
        const alias = item.alias === undefined ? '' : ` AS ${this.#source(item.alias)}`;
        return `${this.#final(item.expression)}${alias}`;
      });
      const finalHaving = having === undefined ? '' : ` HAVING ${this.#final(having)}`;
      const grouping = keys.length === 0 ? '' : ` GROUP BY ${keys.join(', ')}`;
      return `SELECT ${finals.join(', ')} FROM ${partialRelation}${grouping}${finalHaving}`;
    };
    // Finds the partials on its way.
    finalQuery(new Map());
    const partials = [...this.#partials.values()];
    const stored = [...this.#keys, ...partials].map(({ name, sql }) => `${sql} AS ${name}`);
    if (stored.length === 0) throw unsupported('A definition without keys and aggregates');

    const first = from[0];
    const last = from.at(-1);
    const source = first === undefined || last === undefined ? '' : ` FROM ${this.text.slice(first.start, last.end)}`;
    const filter = where === undefined ? '' : ` WHERE ${this.#source(where)}`;
    const partialGrouping = keys.length === 0 ? '' : ` GROUP BY ${keys.map((_key, index) => index + 1).join(', ')}`;
    return {
      partialQuery: `SELECT ${stored.join(', ')}${source}${filter}${partialGrouping}`,
      finalQuery,
      keys,
      partials: partials.map(({ name, merge }) => ({ name, merge })),
    };
  }

  /**
   * A grouping expression: an ordinal of the select list, an alias (unless the stream has such a column), or an
   * expression.
   */
  #addKey(item: GroupItem, columns: readonly ExpressionItem[]): void {
    if (item.kind === 'grouping_element') {
      if (item.form !== 'set' || item.items.length !== 1) throw unsupported(item.form.toUpperCase());
      const [inner] = item.items;
      if (inner !== undefined) this.#addKey(inner, columns);
      return;
    }
    let expression: Expression = item;
    while (expression.kind === 'parenthesized') expression = expression.inner;
    if (expression.kind === 'number') expression = columns[Number(expression.text) - 1]?.expression ?? expression;
    else expression = this.#aliased(expression) ?? expression;
    const form = this.#form(expression);
    if (this.#keys.some((key) => key.form === form)) return;
    this.#keys.push({ name: `key_${this.#keys.length + 1}`, sql: this.#source(expression), form });
  }

  /** The text of an expression over the stored rows. */
  #final(node: NodeBase): string {
    const form = this.#form(node);
    const key = this.#keys.find((candidate) => candidate.form === form);
    if (key !== undefined) return key.name;
    if (isCall(node) && node.over === undefined && this.source.isAggregate(nameOf(node))) return this.#merged(node);
    const aliased = node.kind === 'path' ? this.#aliased(node) : undefined;
    if (aliased !== undefined) return `(${this.#final(aliased)})`;
    let text = '';
    let at = node.start;
    for (const child of childrenOf(node)) {
      text += this.text.slice(at, child.start) + this.#final(child);
      at = child.end;
    }
    return text + this.text.slice(at, node.end);
  }

  /** An aggregate as a function of its stored partial values. */
  #merged(call: FunctionCall): string {
    const argument = call.star ? '*' : call.args.map((arg) => this.#source(arg)).join(', ');
    switch (nameOf(call)) {
      case 'count':
        return `COALESCE(SUM(${this.#partial('count', argument)}), 0)`;
      case 'sum':
        return `SUM(${this.#partial('sum', argument)})`;
      case 'min':
        return `MIN(${this.#partial('min', argument)})`;
      case 'max':
        return `MAX(${this.#partial('max', argument)})`;
      case 'avg': {
        const total = this.#partial('sum', argument);
        const quotient = `(SUM(${total}) / NULLIF(SUM(${this.#partial('count', argument)}), 0))`;
        const scale = this.#scales.get(total);
        return scale === undefined
          ? quotient
          : `CAST(TRUNC${quotient.slice(0, -1)}, ${scale}) AS DECIMAL(38, ${scale}))`;
      }
      default:
        throw unsupported(`Aggregate ${nameOf(call).toUpperCase()}`);
    }
  }

  /** The stored column of `aggregate(argument)`. */
  #partial(aggregate: 'count' | MergeFunction, argument: string): string {
    const sql = `${aggregate.toUpperCase()}(${argument})`;
    const form = formOf(sql);
    const known = this.#partials.get(form);
    if (known !== undefined) return known.name;
    const name = `partial_${this.#partials.size + 1}`;
    this.#partials.set(form, { name, sql, merge: aggregate === 'count' ? 'sum' : aggregate });
    return name;
  }

  /** The select item that a bare name means, when it means one. */
  #aliased(node: NodeBase): Expression | undefined {
    if (node.kind !== 'path' || childrenOf(node).length !== 1) return undefined;
    const name = this.#source(node).replaceAll('"', '').toLowerCase();
    return this.source.columns.has(name) ? undefined : this.#aliases.get(name);
  }

  #source(node: NodeBase): string {
    return this.text.slice(node.start, node.end);
  }
  #form(node: NodeBase): string {
    return formOf(this.#unqualified(node));
  }

  /** The text of a node whose columns are not qualified by the stream's name or alias. */
  #unqualified(node: NodeBase): string {
    const children = childrenOf(node);
    if (node.kind === 'path') {
      const [head, next] = children;
      const qualified = head !== undefined && next?.kind === 'field_step' && this.#isStream(head);
      return this.text.slice(qualified ? next.start + this.#source(next).search(/[^.\s]/) : node.start, node.end);
    }
    let text = '';
    let at = node.start;
    for (const child of children) {
      text += this.text.slice(at, child.start) + this.#unqualified(child);
      at = child.end;
    }
    return text + this.text.slice(at, node.end);
  }

  #isStream(identifier: NodeBase): boolean {
    const [item] = this.select.from;
    if (item?.kind !== 'relation') return false;
    const name = item.alias?.name ?? item.name.parts.at(-1);
    return name !== undefined && this.#source(name).toLowerCase() === this.#source(identifier).toLowerCase();
  }
}

/** Two texts of the same form mean the same: white space, comments and the case of words do not count. */
function formOf(sql: string): string {
  return significantTokens(sql)
    .filter((token) => token.kind !== 'end')
    .map((token) =>
      token.kind === 'string' || token.kind === 'quoted' ? sql.slice(token.start, token.end) : token.text,
    )
    .join(' ');
}

function unsupported(construct: string): DuckshiftError {
  return new DuckshiftError(
    '0A000',
    `${construct} is not supported in an aggregating materialized view over a stream`,
    {
      hint: 'Store the records, and aggregate in a query or in a second materialized view over this one.',
    },
  );
}
