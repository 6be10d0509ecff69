#!/usr/bin/env node
// CommonJS on purpose: its loader reads files synchronously, so this runs before libuv's thread pool exists and the size
// takes effect. Each running DuckDB statement occupies one thread of that pool.
process.env.UV_THREADPOOL_SIZE ??= '16';
void import('./main.js');
