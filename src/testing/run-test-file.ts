import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { StreamRecord } from '../streams/kinesis/stream-control.js';
import { checkQuery, checkStatement } from './check-answer.js';
import { parseTestFile } from './parse-test-file.js';
import type { TestFailure, TestFileResult } from './result.js';
import type { SqlSession, TestTarget } from './target.js';
import type { PutStep, QueryStep, StatementStep, StreamStep, TestFile, TestRecord } from './test-file.js';

/**
 * Run the text test at `path` against `target`, step by step. A wrong answer to SQL is recorded and the run continues;
 * a verb that fails, or a lost connection, ends it.
 *
 * @throws TestFileError when the file breaks the format's rules; the file system's error when it cannot be read.
 */
export async function runTestFile(path: string, target: TestTarget): Promise<TestFileResult> {
  return await runTest(parseTestFile(await readFile(path, 'utf8'), path), target);
}

/** {@link runTestFile} for a file that is already parsed. */
export async function runTest(file: TestFile, target: TestTarget): Promise<TestFileResult> {
  const run = new FileRun(file, target);
  try {
    return await run.run();
  } finally {
    await run.closeSessions();
  }
}

const firstClient = 'default';
/** Pauses between the tries of `until`, in milliseconds: the last one repeats. */
const retryPauses = [10, 25, 50, 100];

class FileRun {
  readonly #file: TestFile;
  readonly #target: TestTarget;
  readonly #sessions = new Map<string, SqlSession>();
  #client = firstClient;

  constructor(file: TestFile, target: TestTarget) {
    this.#file = file;
    this.#target = target;
  }

  async run(): Promise<TestFileResult> {
    const failures: TestFailure[] = [];
    let steps = 0;
    let skipped = 0;
    for (const record of this.#file.records) {
      if (record.skipIf.includes(this.#target.system)) {
        skipped++;
        continue;
      }
      steps++;
      try {
        const failure = await this.#step(record);
        if (failure !== undefined) failures.push(failure);
      } catch (error) {
        failures.push({ line: record.line, message: messageOf(error), sql: sqlOf(record), difference: undefined });
        break;
      }
    }
    return { path: this.#file.path, passed: failures.length === 0, steps, skipped, failures };
  }

  async closeSessions(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    await Promise.allSettled(sessions.map((session) => session.close()));
  }

  async #step(record: TestRecord): Promise<TestFailure | undefined> {
    switch (record.kind) {
      case 'statement':
        return await this.#statement(record);
      case 'query':
        return await this.#query(record);
      case 'client':
        this.#client = record.name;
        return undefined;
      case 'put':
        await this.#target.streams.put(record.stream, await this.#records(record));
        return undefined;
      case 'restart':
        await this.closeSessions();
        await this.#target.restart(record.kill);
        return undefined;
      case 'clock advance':
        await this.#target.controls.advanceClock(record.milliseconds);
        return undefined;
      case 'fault':
        await this.#target.controls.setFault(record.fault);
        return undefined;
      case 'fault clear':
        await this.#target.controls.clearFaults();
        return undefined;
      default:
        await runStreamStep(record, this.#target);
        return undefined;
    }
  }

  async #statement(record: StatementStep & { line: number }): Promise<TestFailure | undefined> {
    const session = await this.#session();
    return checkStatement(record, await session.run(record.sql, record.parameters));
  }

  async #query(record: QueryStep & { line: number }): Promise<TestFailure | undefined> {
    const session = await this.#session();
    const deadline = performance.now() + (record.untilMillis ?? 0);
    for (let attempt = 0; ; attempt++) {
      const failure = checkQuery(record, await session.run(record.sql, record.parameters));
      if (failure === undefined || performance.now() >= deadline) return failure;
      const pause = retryPauses[Math.min(attempt, retryPauses.length - 1)] ?? 0;
      await new Promise((wake) => setTimeout(wake, Math.min(pause, Math.max(0, deadline - performance.now()))));
    }
  }

  async #session(): Promise<SqlSession> {
    const open = this.#sessions.get(this.#client);
    if (open !== undefined) return open;
    const session = await this.#target.openSession();
    this.#sessions.set(this.#client, session);
    return session;
  }

  async #records({ partitionKey, payload }: PutStep): Promise<StreamRecord[]> {
    if (payload.type === 'bytes') return [{ partitionKey, data: payload.bytes }];
    const path = resolve(dirname(this.#file.path), payload.file);
    if (!payload.eachLine) return [{ partitionKey, data: await readFile(path) }];
    const lines = (await readFile(path, 'utf8')).split(/\r?\n/).filter((line) => line !== '');
    return lines.map((line) => ({ partitionKey, data: Buffer.from(line, 'utf8') }));
  }
}

async function runStreamStep(step: StreamStep, { streams, controls }: TestTarget): Promise<void> {
  switch (step.kind) {
    case 'stream create':
      return await streams.create(step.stream, step.shards);
    case 'stream delete':
      return await streams.delete(step.stream);
    case 'stream recreate':
      await streams.delete(step.stream);
      return await streams.create(step.stream, step.shards);
    case 'stream expire': {
      const shardId = step.shard === undefined ? undefined : await streams.shardId(step.stream, step.shard);
      return await controls.expireIterators(step.stream, shardId);
    }
    case 'stream split':
      return await streams.split(step.stream, step.shard);
    case 'stream merge':
      return await streams.merge(step.stream, step.shards);
    case 'stream update-shards':
      return await streams.updateShardCount(step.stream, step.shards);
  }
}

function sqlOf(record: TestRecord): string | undefined {
  return record.kind === 'statement' || record.kind === 'query' ? record.sql : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
