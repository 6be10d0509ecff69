/**
 * How tightly operators bind, weakest first: the order of PostgreSQL 9.5 and later ("Lexical Structure", Operator
 * Precedence). PostgreSQL 8.0, from which Redshift descends, bound IS tighter than comparisons; change the order here
 * if a cluster shows that it still does.
 */
export const Power = {
  lowest: 0,
  or: 1,
  and: 2,
  not: 3,
  is: 4,
  comparison: 5,
  /** LIKE, ILIKE, SIMILAR TO, BETWEEN, IN. */
  match: 6,
  /** Every operator without a line of its own: `||`, `#`, `&`, `~` … */
  other: 7,
  additive: 8,
  multiplicative: 9,
  power: 10,
  atTimeZone: 11,
  collate: 12,
  sign: 13,
} as const;

const symbols: ReadonlyMap<string, number> = new Map([
  ['=', Power.comparison],
  ['<', Power.comparison],
  ['>', Power.comparison],
  ['<=', Power.comparison],
  ['>=', Power.comparison],
  ['<>', Power.comparison],
  ['!=', Power.comparison],
  ['+', Power.additive],
  ['-', Power.additive],
  ['*', Power.multiplicative],
  ['/', Power.multiplicative],
  ['%', Power.multiplicative],
  ['^', Power.power],
]);

/** The power of an infix operator symbol. */
export function symbolPower(symbol: string): number {
  return symbols.get(symbol) ?? Power.other;
}

/** True for powers whose operators do not chain: `a < b < c` is an error. */
export function isNonAssociative(power: number): boolean {
  return power === Power.is || power === Power.comparison || power === Power.match;
}
