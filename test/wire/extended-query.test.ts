import { expect, test } from 'vitest';
import { cells, client, fields, letters, type RawClient, rowDescription, text, textRows } from './raw-client.js';
import { column } from './session-double.js';
import { startWireServer as start } from './wire-fixture.js';

async function exchange(raw: RawClient, ...messages: Buffer[]) {
  raw.send(...messages, client.sync());
  return raw.until('Z');
}

test('parse, bind, describe, execute', async () => {
  const { login } = await start();
  const raw = await login();
  const answer = await exchange(
    raw,
    client.parse('echo $1 $2'),
    client.bind({ parameters: ['ü', null] }),
    client.describePortal(),
    client.execute(),
  );
  expect(letters(answer)).toBe('12TDCZ');
  expect(rowDescription(answer[2]).map(({ label, format }) => [label, format])).toEqual([
    ['p1', 0],
    ['p2', 0],
  ]);
  expect(textRows(answer)).toEqual([['ü', null]]);
  expect(text(answer[4])).toBe('SELECT 1');
});

test('a statement described before Bind: parameter types, then columns or none', async () => {
  const { login } = await start();
  const raw = await login();
  const answer = await exchange(
    raw,
    client.parse('echo $1 $2 $3', { oids: [23, 0, 1184] }),
    client.describeStatement(),
    client.parse('insert'),
    client.describeStatement(),
  );
  expect(letters(answer)).toBe('1tT1tnZ');
  expect(answer[1]?.body.toString('hex')).toBe(`0003${'00000017'}${'00000413'}${'000004a0'}`);
  expect(answer[4]?.body.toString('hex')).toBe('0000');
});

test('Flush sends what there is without ReadyForQuery', async () => {
  const { login } = await start();
  const raw = await login();
  raw.send(client.parse('echo $1', { name: 's' }), client.describeStatement('s'), client.flush());
  expect(letters(await raw.until('T'))).toBe('1tT');
  raw.send(client.bind({ statement: 's', parameters: ['x'] }), client.execute(), client.flush());
  expect(letters(await raw.until('C'))).toBe('2DC');
  raw.send(client.sync());
  expect(letters(await raw.until('Z'))).toBe('Z');
});

test('rows by the portion: suspended until there are no more', async () => {
  const { login, host } = await start();
  const raw = await login();
  raw.send(client.query('begin'), client.parse('rows 7', { name: 's' }));
  raw.send(client.bind({ portal: 'c', statement: 's' }), client.execute('c', 3), client.sync());
  await raw.until('Z');
  expect(letters(await raw.until('Z'))).toBe('12DDDsZ');
  const second = await exchange(raw, client.execute('c', 4));
  expect(letters(second)).toBe('DDDDsZ');
  expect(textRows(second).map(([n]) => n)).toEqual(['4', '5', '6', '7']);
  const third = await exchange(raw, client.execute('c', 4));
  expect(letters(third)).toBe('CZ');
  expect(text(third[0])).toBe('SELECT 0');
  expect(host.last.openResults).toBe(0);
});

test('portals live until Close or the end of the transaction', async () => {
  const { login, host } = await start();
  const raw = await login();
  const suspended = [client.parse('rows 7'), client.bind({ portal: 'c' }), client.execute('c', 1)];
  // Outside a transaction Sync ends it; up to there the portal can be read on and on.
  expect(letters(await exchange(raw, ...suspended, client.flush(), client.execute('c', 2)))).toBe('12DsDDsZ');
  expect(host.last.openResults).toBe(0);
  expect(fields((await exchange(raw, client.execute('c', 1)))[0])).toMatchObject({
    C: '34000',
    M: 'portal "c" does not exist',
  });
  await raw.query('begin');
  await exchange(raw, ...suspended);
  expect(letters(await exchange(raw, client.execute('c', 1)))).toBe('DsZ');
  expect(letters(await exchange(raw, client.closePortal('c'), client.execute('c', 1)))).toBe('3EZ');
  await raw.query('rollback');
  await raw.query('begin');
  await exchange(raw, ...suspended);
  const commit = [client.parse('commit'), client.bind(), client.execute()];
  expect(letters(await exchange(raw, ...commit, client.execute('c', 1)))).toBe('12CEZ');
  expect(host.last.openResults).toBe(0);
});

test('running a portal again: a query gives no more rows, a command is an error', async () => {
  const { login } = await start();
  const raw = await login();
  const query = await exchange(raw, client.parse('rows 2'), client.bind(), client.execute(), client.execute());
  expect(letters(query)).toBe('12DDCCZ');
  expect(text(query[5])).toBe('SELECT 0');
  const command = await exchange(raw, client.parse('insert'), client.bind(), client.execute(), client.execute());
  expect(letters(command)).toBe('12CEZ');
  expect(fields(command[3])).toMatchObject({ C: '55000' });
});

test('an error discards everything up to Sync', async () => {
  const { login } = await start();
  const raw = await login();
  raw.send(client.parse('unheard of', { name: 's' }), client.bind({ statement: 's' }), client.execute());
  raw.send(client.query('rows 1'), client.flush(), client.parse('rows 1'));
  expect(fields(await raw.next())).toMatchObject({ C: '42P01' });
  raw.send(client.sync(), client.query('rows 1'));
  expect(letters(await raw.until('Z'))).toBe('Z');
  expect(letters(await raw.until('Z'))).toBe('TDCZ');
});

test('malformed messages are errors of their own pipeline only', async () => {
  const { login } = await start();
  const raw = await login();
  const answer = await exchange(raw, client.message('B', Buffer.from([1])), client.execute());
  expect(letters(answer)).toBe('EZ');
  expect(fields(answer[0])).toMatchObject({ C: '08P01', S: 'ERROR' });
  // A Sync that is malformed still ends the discarding.
  raw.send(client.execute('other'), client.message('S', Buffer.from('x')));
  expect(letters(await raw.until('Z'))).toBe('EEZ');
  expect(letters(await raw.query('rows 1'))).toBe('TDCZ');
});

test('names: no redefinition, unknown ones are errors, the unnamed is replaced', async () => {
  const { login } = await start();
  const raw = await login();
  const code = async (...messages: Buffer[]) => fields((await exchange(raw, ...messages)).at(-2)).C;
  await exchange(raw, client.parse('rows 1', { name: 's' }));
  expect(await code(client.parse('rows 2', { name: 's' }))).toBe('42P05');
  expect(await code(client.bind({ statement: 'other' }))).toBe('26000');
  expect(await code(client.describeStatement('other'))).toBe('26000');
  expect(await code(client.describePortal('other'))).toBe('34000');
  expect(await code(client.execute('other'))).toBe('34000');
  const twice = [client.bind({ portal: 'p', statement: 's' }), client.bind({ portal: 'p', statement: 's' })];
  expect(await code(...twice)).toBe('42P03');
  expect(letters(await exchange(raw, client.closeStatement('s'), client.closeStatement('s')))).toBe('33Z');
  expect(await code(client.bind({ statement: 's' }))).toBe('26000');
  const unnamed = await exchange(raw, client.parse('rows 1'), client.parse('rows 2'), client.bind(), client.execute());
  expect(letters(unnamed)).toBe('112DDCZ');
  await raw.query('rows 1');
  expect(await code(client.bind())).toBe('26000');
  // A Parse that fails has taken the unnamed statement with it.
  await exchange(raw, client.parse('rows 1'));
  expect(await code(client.parse('unheard of'))).toBe('42P01');
  expect(await code(client.bind())).toBe('26000');
});

test('empty text, and text with several statements', async () => {
  const { login } = await start();
  const raw = await login();
  const empty = [client.parse(''), client.describeStatement(), client.bind(), client.describePortal()];
  expect(letters(await exchange(raw, ...empty, client.execute()))).toBe('1tn2nIZ');
  expect(fields((await exchange(raw, client.parse('rows 1; rows 2')))[0])).toMatchObject({
    C: '42601',
    M: 'cannot insert multiple commands into a prepared statement',
  });
});

test('numbers of parameters and formats must fit', async () => {
  const { login } = await start();
  const raw = await login();
  await exchange(raw, client.parse('echo $1 $2', { name: 's' }));
  const failure = async (bind: Buffer) => fields((await exchange(raw, bind))[0]);
  expect(await failure(client.bind({ statement: 's', parameters: ['a'] }))).toMatchObject({
    C: '08P01',
    M: 'bind message supplies 1 parameters, but prepared statement "s" requires 2',
  });
  const two = { statement: 's', parameters: ['a', 'b'] };
  expect(await failure(client.bind({ ...two, formats: [0, 0, 0] }))).toMatchObject({
    C: '08P01',
    M: 'bind message has 3 parameter formats but 2 parameters',
  });
  expect(await failure(client.bind({ ...two, resultFormats: [0, 0, 0] }))).toMatchObject({
    C: '08P01',
    M: 'bind message has 3 result formats but query has 2 columns',
  });
  expect(await failure(client.bind({ ...two, resultFormats: [7] }))).toMatchObject({ C: '22023' });
  expect(await failure(client.bind({ ...two, parameters: ['a', Buffer.from([0xff])] }))).toMatchObject({ C: '22021' });
  expect(await failure(client.bind({ ...two, parameters: ['a', Buffer.from([0x61, 0])] }))).toMatchObject({
    C: '22021',
  });
});

test('binary parameters are read by their declared type, else by the inferred one', async () => {
  const { login } = await start();
  const raw = await login();
  const bound = async (oid: number, bytes: Buffer) => {
    const bind = client.bind({ parameters: [bytes], formats: [1] });
    return exchange(raw, client.parse('echo $1', { oids: [oid] }), bind, client.execute());
  };
  const value = async (oid: number, hex: string) => textRows(await bound(oid, Buffer.from(hex, 'hex')))[0]?.[0];
  expect(await value(23, '0000002a')).toBe('42');
  expect(await value(16, '01')).toBe('t');
  expect(await value(1114, '0000000000000000')).toBe('2000-01-01 00:00:00');
  expect(await value(0, '616263')).toBe('abc');
  expect(await value(17, '616263')).toBe('abc');
  const failure = async (oid: number, hex: string) => fields((await bound(oid, Buffer.from(hex, 'hex'))).at(-2));
  expect(await failure(23, '0001')).toMatchObject({
    C: '22P03',
    M: 'incorrect binary data format in bind parameter 1',
  });
  expect(await failure(2950, '00'.repeat(16))).toMatchObject({
    C: '0A000',
    M: 'binary format of type with OID 2950 is not supported in bind parameter 1',
  });
  expect(await failure(17, 'ff00')).toMatchObject({ C: '22021' });
});

test('bytes for VARBYTE become its hexadecimal text, whatever the client calls them', async () => {
  const varbyte = { parameterTypes: [{ id: 'varbyte' }], columns: [column('p', 'varbyte')] } as const;
  const { login } = await start({}, (sql) =>
    sql === 'bytes $1'
      ? { ...varbyte, run: (_session, parameters) => ({ tag: 'SELECT', rows: [parameters] }) }
      : undefined,
  );
  const raw = await login();
  for (const oid of [0, 17, 6551]) {
    const answer = await exchange(
      raw,
      client.parse('bytes $1', { oids: [oid] }),
      client.bind({ parameters: [Buffer.from([0xff, 0, 0x61])], formats: [1], resultFormats: [1] }),
      client.execute(),
    );
    expect(answer.filter(({ type }) => type === 'D').map(cells)).toEqual([[Buffer.from([0xff, 0, 0x61])]]);
  }
});

test('binary results, for all columns or for some', async () => {
  const { login } = await start();
  const raw = await login();
  const all = await exchange(
    raw,
    client.parse('rows 1'),
    client.bind({ resultFormats: [1] }),
    client.describePortal(),
    client.execute(),
  );
  expect(rowDescription(all[2]).map(({ format }) => format)).toEqual([1, 1]);
  const row = all.find(({ type }) => type === 'D');
  expect(row && cells(row)).toEqual([Buffer.from([0, 0, 0, 1]), Buffer.from('name 1')]);
  const some = await exchange(raw, client.parse('rows 1'), client.bind({ resultFormats: [0, 1] }), client.execute());
  expect(textRows(some)).toEqual([['1', 'name 1']]);
});

test('a binary format that does not exist is refused before anything runs', async () => {
  const { login, host } = await start({}, (sql) =>
    sql === 'spatial'
      ? { columns: [column('g', 'geometry')], run: () => ({ tag: 'SELECT', rows: [['x']] }) }
      : undefined,
  );
  const raw = await login();
  const answer = await exchange(raw, client.parse('spatial'), client.bind({ resultFormats: [1] }), client.execute());
  expect(letters(answer)).toBe('1EZ');
  expect(fields(answer[1])).toMatchObject({ C: '0A000', M: 'binary format of type geometry is not supported' });
  expect(host.last.calls).toEqual([]);
});

test('DEALLOCATE reaches the statements made by Parse', async () => {
  const { login } = await start();
  const raw = await login();
  await exchange(raw, client.parse('rows 1', { name: 'a' }), client.parse('rows 1', { name: 'b' }));
  expect(letters(await raw.query('deallocate a'))).toBe('CZ');
  expect(fields((await raw.query('deallocate a'))[0])).toMatchObject({ C: '26000' });
  expect(letters(await raw.query('deallocate all'))).toBe('CZ');
  expect(letters(await exchange(raw, client.bind({ statement: 'b' })))).toBe('EZ');
});
