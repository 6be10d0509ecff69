import type { ParsedStatement } from '../../sql-dialect/parse.js';
import type { OutputColumn, Plan } from '../../sql-dialect/plan.js';
import type { RedshiftType } from '../../sql-dialect/types/redshift-type.js';
import { DuckshiftError } from '../base/errors.js';
import type { PreparedStatement, StatementHandle } from './contract.js';
import type { QueryType } from './history.js';

/** What a plan was made from; when any of it changes, the plan is made again. */
export interface PlanBasis {
  readonly snapshot: object;
  readonly temporary: object;
  readonly settings: object;
  readonly searchPath: object;
}

interface KeptPlan {
  readonly plan: Plan;
  readonly basis: PlanBasis;
}

/** One parsed statement of a text, with its latest plan. */
export class Handle implements StatementHandle {
  #kept: KeptPlan | undefined;
  #keptFor = '';

  constructor(readonly parsed: ParsedStatement) {}

  get text(): string {
    return this.parsed.text;
  }
  get parameterNames(): readonly string[] | undefined {
    return this.parsed.parameterNames;
  }

  /** The cached plan, when it was compiled for these parameter types and nothing it depends on has changed. */
  plan(parameterTypes: string, basis: PlanBasis): Plan | undefined {
    const kept = this.#kept;
    if (kept === undefined || this.#keptFor !== parameterTypes || !sameBasis(kept.basis, basis)) return undefined;
    return kept.plan;
  }

  keep(parameterTypes: string, basis: PlanBasis, plan: Plan): void {
    this.#kept = { plan, basis };
    this.#keptFor = parameterTypes;
  }
}

function sameBasis(a: PlanBasis, b: PlanBasis): boolean {
  return (
    a.snapshot === b.snapshot &&
    a.temporary === b.temporary &&
    a.settings === b.settings &&
    a.searchPath === b.searchPath
  );
}

/** A statement as `Session.prepare` hands it out. */
export class Prepared implements PreparedStatement {
  constructor(
    readonly statement: Handle,
    readonly declaredTypes: readonly (RedshiftType | undefined)[],
    readonly parameterTypes: readonly RedshiftType[],
    readonly columns: readonly OutputColumn[] | undefined,
    readonly runsAlone: boolean,
    readonly queryType: QueryType,
  ) {}
}

/** True when a client that was described `before` can read rows of `after`. */
export function sameShape(
  before: readonly OutputColumn[] | undefined,
  after: readonly OutputColumn[] | undefined,
): boolean {
  if (before === undefined || after === undefined) return before === after;
  return (
    before.length === after.length &&
    before.every((column, index) => {
      const other = after[index];
      return other !== undefined && other.label === column.label && other.type.id === column.type.id;
    })
  );
}

/** Longest text whose syntax tree and plans are cached. */
const longestKeptText = 16_384;

/** The texts a session ran last, parsed. Bounded in number and in size of text. */
export class ParsedTexts {
  readonly #texts = new Map<string, readonly Handle[]>();

  constructor(private readonly limit = 128) {}

  get(text: string): readonly Handle[] | undefined {
    const handles = this.#texts.get(text);
    if (handles === undefined) return undefined;
    this.#texts.delete(text);
    this.#texts.set(text, handles);
    return handles;
  }

  set(text: string, handles: readonly Handle[]): void {
    if (text.length > longestKeptText) return;
    this.#texts.set(text, handles);
    if (this.#texts.size <= this.limit) return;
    for (const oldest of this.#texts.keys()) {
      this.#texts.delete(oldest);
      return;
    }
  }
}

/** The handle as this session made it. @throws DuckshiftError 26000 for one of another make. */
export function asHandle(statement: StatementHandle): Handle {
  if (statement instanceof Handle) return statement;
  throw new DuckshiftError('26000', 'statement is not of this session');
}
