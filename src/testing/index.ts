/** Text tests (`*.test`): parse them, run them against a fresh duckshift or a running server, report what differs. */
export { type ExternalTargetOptions, externalTarget } from './external-target.js';
export { type FreshTargetOptions, startFreshTarget, startFreshTargetFor } from './fresh-target.js';
export { parseTestFile } from './parse-test-file.js';
export { formatResult, type TestFailure, type TestFileResult } from './result.js';
export { runTest, runTestFile } from './run-test-file.js';
export type { SqlAnswer, SqlSession, TargetControls, TestTarget } from './target.js';
export { type TestedSystem, type TestFile, TestFileError } from './test-file.js';
