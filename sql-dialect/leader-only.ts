import { scalarFunctions } from './functions/index.js';

/** Names of functions that run on the leader node only ("SQL functions supported on the leader node"). */
export const leaderOnlyFunctions: ReadonlySet<string> = new Set(
  [...scalarFunctions].filter(([, definitions]) => definitions.some((each) => each.leaderOnly)).map(([name]) => name),
);
