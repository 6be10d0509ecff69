export type {
  Engine,
  EngineConnection,
  EngineValue,
  TextChunk,
  TextColumn,
  TextResult,
} from './contract.js';
export { requireReadableFormat } from './data-directory.js';
export { type DuckdbEngine, hiddenSchema } from './engine.js';
export { type EngineOptions, openEngine } from './open-engine.js';
