import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeStreamSummaryCommand, type KinesisClient } from '@aws-sdk/client-kinesis';
import { expect, onTestFinished, test } from 'vitest';
import { entryPoint } from '../../src/base/entry-point.js';
import { type Logger, silentLogger } from '../../src/base/log.js';
import { StartError } from '../../src/base/start-error.js';
import { type EmbeddedKinesis, startEmbeddedKinesis } from '../../src/streams/kinesis/embedded/supervisor.js';
import { openStreamControl } from '../../src/streams/kinesis/stream-control.js';
import { embeddedKinesis, userClient } from './embedded-kinesis.js';
import { readAll } from './read-all.js';

async function directory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'duckshift-streams-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

async function until<T>(what: () => Promise<T> | T): Promise<NonNullable<T>> {
  for (;;) {
    const value = await what();
    if (value !== undefined && value !== null && value !== false) return value;
    await sleep(10);
  }
}

async function killed(kinesis: EmbeddedKinesis): Promise<number> {
  const pid = await until(() => kinesis.pid());
  process.kill(pid, 'SIGKILL');
  await until(() => kinesis.pid() !== pid);
  return pid;
}

async function status(client: KinesisClient, stream: string): Promise<string | undefined> {
  const { StreamDescriptionSummary } = await client.send(new DescribeStreamSummaryCommand({ StreamName: stream }));
  return StreamDescriptionSummary?.StreamStatus;
}

function recordingLogger(lines: string[]): Logger {
  const write = (message: string) => void lines.push(message);
  const logger: Logger = { error: write, warn: write, info: write, debug: write, child: () => logger };
  return logger;
}

test('a killed process starts again on its port; streams in memory are made again, empty, and that is said', async () => {
  const lines: string[] = [];
  const kinesis = await embeddedKinesis({ streams: [{ name: 's', shards: 2 }], log: recordingLogger(lines) });
  const { endpoint } = kinesis;
  const control = openStreamControl({ endpoint });
  onTestFinished(() => control.close());
  await control.put('s', [{ partitionKey: 'k', data: Buffer.from('x') }]);
  const pid = await killed(kinesis);
  const client = userClient(endpoint);
  await until(() => status(client, 's').catch(() => undefined));
  expect(kinesis.pid()).not.toBe(pid);
  expect(kinesis.endpoint).toBe(endpoint);
  expect(await readAll(endpoint, 's')).toEqual([]);
  expect(lines.join('\n')).toMatch(/SIGKILL.*in memory and are lost/);
});

test('a killed process loses nothing that is kept on disk, and neither does a stop', async () => {
  const path = await directory();
  const kinesis = await embeddedKinesis({ path, streams: [{ name: 's', shards: 2 }] });
  const control = openStreamControl({ endpoint: kinesis.endpoint });
  onTestFinished(() => control.close());
  const written: string[] = [];
  for (let round = 0; round < 3; round++) {
    const records = Array.from({ length: 200 }, (_, index) => `${round}-${index}`);
    await control.put(
      's',
      records.map((text) => ({ partitionKey: text, data: Buffer.from(text) })),
    );
    written.push(...records);
    await killed(kinesis);
    expect((await readAll(kinesis.endpoint, 's')).toSorted()).toEqual(written.toSorted());
  }
  await kinesis.stop();
  const again = await embeddedKinesis({ path });
  expect((await readAll(again.endpoint, 's')).toSorted()).toEqual(written.toSorted());
});

test('streams that a killed process left half made or half deleted are repaired', async () => {
  const path = await directory();
  const kinesis = await embeddedKinesis({ path, streams: [{ name: 'doomed', shards: 1 }] });
  const { endpoint } = kinesis;
  const control = openStreamControl({ endpoint });
  onTestFinished(() => control.close());
  const pending = [control.create('made', 3), control.delete('doomed')];
  const settled = Promise.allSettled(pending);
  await killed(kinesis);
  await settled;
  const client = userClient(endpoint);
  await until(async () => (await status(client, 'made').catch(() => 'ACTIVE')) === 'ACTIVE');
  for (const stream of ['made', 'doomed']) {
    await control.delete(stream).catch(() => undefined);
    await control.create(stream, 1);
    expect(await status(client, stream)).toBe('ACTIVE');
  }
});

test('a process that keeps dying is given up, loudly', async () => {
  const lines: string[] = [];
  const kinesis = await embeddedKinesis({ log: recordingLogger(lines) });
  const givenUp = new Promise<Error>((resolve) => kinesis.onGiveUp(resolve));
  let over = false;
  void givenUp.then(() => {
    over = true;
  });
  while (!over) {
    const pid = kinesis.pid();
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
    await sleep(5);
  }
  expect((await givenUp).message).toMatch(/6 times in a row and is not started again/);
  expect(lines.at(-1)).toMatch(/not started again/);
});

test('a port in use is named, with the flag that changes it', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void taken.close());
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const start = startEmbeddedKinesis({ host: '127.0.0.1', port, region: 'us-east-1', log: silentLogger });
  await expect(start).rejects.toThrow(StartError);
  await expect(start).rejects.toThrow(new RegExp(`port ${port} .* in use .*--kinesis-port`));
});

test('a directory that another process holds is named', async () => {
  const path = await directory();
  await embeddedKinesis({ path });
  await expect(embeddedKinesis({ path })).rejects.toThrow(`the stream store in ${path} is in use by another process`);
});

test('the child ends with a server that is killed', async () => {
  const script = `
    import { startEmbeddedKinesis } from ${JSON.stringify(entryPoint('streams/kinesis/embedded/supervisor.js'))};
    import { silentLogger as log } from ${JSON.stringify(entryPoint('base/log.js'))};
    const kinesis = await startEmbeddedKinesis({ host: '127.0.0.1', port: 0, region: 'us-east-1', log });
    console.log(kinesis.endpoint);`;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const endpoint = await new Promise<string>((resolve) => createInterface(parent.stdout).once('line', resolve));
  const answers = () =>
    fetch(endpoint).then(
      () => true,
      () => false,
    );
  expect(await answers()).toBe(true);
  parent.kill('SIGKILL');
  await until(async () => !(await answers()));
});

test("nothing of the server's environment reaches the child but what it needs", async () => {
  const kinesis = await embeddedKinesis({ region: 'eu-west-1', streams: [{ name: 's', shards: 1 }] });
  const client = userClient(kinesis.endpoint);
  const { StreamDescriptionSummary } = await client.send(new DescribeStreamSummaryCommand({ StreamName: 's' }));
  expect(StreamDescriptionSummary?.StreamARN).toBe('arn:aws:kinesis:eu-west-1:000000000000:stream/s');
});
