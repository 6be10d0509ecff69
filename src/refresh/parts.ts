import type { Clock } from '../base/clock.js';
import type { Logger } from '../base/log.js';
import type { Catalog } from '../catalog/contract.js';
import type { Engine } from '../engine/contract.js';
import type { ConnectedSources } from '../streams/connected-sources.js';
import type { DefinitionCompiler, ParseQuery } from './compile-definition.js';
import type { RefreshObserver } from './contract.js';
import type { DescribeFunction } from './definition-check.js';
import type { PollPace } from './poll-pace.js';

/** What refreshes are made of. */
export interface RefreshDeps {
  readonly engine: Engine;
  readonly catalog: Catalog;
  readonly sources: ConnectedSources;
  /** How often automatic refreshes poll. */
  readonly pace: PollPace;
  readonly clock: Clock;
  readonly log: Logger;
  readonly observer?: RefreshObserver | undefined;
  readonly definitions: DefinitionCompiler;
  readonly parseQuery: ParseQuery;
  readonly describeFunction: DescribeFunction;
}
