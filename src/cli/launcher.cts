#!/usr/bin/env node
import v8 = require('node:v8');

// CommonJS on purpose: its loader reads files synchronously, so this runs before libuv's thread pool exists and the
// size takes effect. Each running DuckDB statement occupies one thread of that pool.
process.env.UV_THREADPOOL_SIZE ??= '16';
// A large result passes through memory outside the JavaScript heap, to which V8 answers with marking its whole heap
// again and again.
v8.setFlagsFromString('--no-incremental-marking');
void import('./main.js');
