import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engineTimeZone, searchPathSchemas, timeZone } from '../../src/session/settings/formats.js';
import { SettingStore } from '../../src/session/settings/store.js';
import { settingsTable } from '../../src/session/settings/table.js';
import { openTestHost, type TestHost } from './open-test-host.js';

describe('the settings table', () => {
  it.each([...settingsTable.values()].filter((definition) => definition.readOnly !== true))(
    'takes the default of $name',
    (definition) => {
      if (definition.name === 'search_path') return;
      expect(definition.parse(definition.default)).toBe(definition.default);
    },
  );

  it('refuses names and values that are none', () => {
    const store = new SettingStore({});
    expect(() => store.set('no_such', '1', false)).toThrow('unrecognized configuration parameter "no_such"');
    expect(() => store.set('statement_timeout', 'soon', false)).toThrow('invalid value for parameter');
    expect(() => store.set('server_version', '9', false)).toThrow('cannot be changed');
    expect(() => store.set('client_encoding', 'LATIN1', false)).toThrow('UTF8 only');
    expect(() => store.set('datestyle', 'German', false)).toThrow('ISO');
  });

  it('keeps names with a dot as the client set them', () => {
    const store = new SettingStore({});
    expect(() => store.get('app.user')).toThrow('unrecognized');
    store.set('app.user', 'Ann', false);
    expect(store.get('app.user')).toBe('Ann');
  });

  it('ends SET LOCAL with the transaction and SET with its rollback', () => {
    const store = new SettingStore({});
    store.begin();
    store.set('query_group', 'session', false);
    store.set('query_group', 'local', true);
    expect(store.get('query_group')).toBe('local');
    expect(store.end(true)).toEqual(['query_group']);
    expect(store.get('query_group')).toBe('session');
    store.begin();
    store.set('query_group', 'undone', false);
    store.end(false);
    expect(store.get('query_group')).toBe('session');
  });
});

describe('time zones', () => {
  it.each([
    ['UTC', 'UTC'],
    ['America/New_York', 'America/New_York'],
    ['-8', 'Etc/GMT+8'],
    ['+01:00', 'Etc/GMT-1'],
    ['00:00', 'UTC'],
  ])('%s is %s to the engine', (written, engine) => {
    expect(engineTimeZone(timeZone(written))).toBe(engine);
  });
  it('refuses what is none', () => {
    expect(() => timeZone('Mars/Olympus')).toThrow('unrecognized time zone name');
    expect(() => timeZone('+05:30')).toThrow('part of an hour');
  });
});

it('reads search paths', () => {
  expect(searchPathSchemas('$user, public')).toEqual(['$user', 'public']);
  expect(searchPathSchemas(`'$user', "Mixed Case", Plain`)).toEqual(['$user', 'Mixed Case', 'plain']);
});

describe('settings of a session', () => {
  let host: TestHost;
  beforeAll(async () => {
    host = await openTestHost();
  });
  afterAll(() => host.close());

  it('takes startup parameters, ignores unknown ones and reports what clients look at', async () => {
    const { session } = await host.open({
      client_encoding: "'utf-8'",
      DateStyle: 'ISO',
      TimeZone: 'Europe/Paris',
      extra_float_digits: '2',
      client_protocol_version: '3',
      os_version: 'x',
    });
    expect(Object.fromEntries(session.reportedSettings)).toMatchObject({
      server_version: '8.0.2',
      client_encoding: 'UTF8',
      DateStyle: 'ISO, MDY',
      TimeZone: 'Europe/Paris',
      integer_datetimes: 'on',
      standard_conforming_strings: 'off',
      is_superuser: 'on',
      session_authorization: 'awsuser',
    });
  });

  it('announces changes, also those a rollback makes', async () => {
    const test = await host.open();
    const changes: string[] = [];
    test.session.onSettingChanged = (name, value) => changes.push(`${name}=${value}`);
    await test.all("SET application_name TO 'a'", 'BEGIN', "SET application_name TO 'b'", 'ROLLBACK', 'RESET ALL');
    expect(changes).toEqual(['application_name=a', 'application_name=b', 'application_name=a', 'application_name=']);
  });

  it('gives the engine the time zone, and takes it back with the transaction', async () => {
    const test = await host.open();
    const zoned = "SELECT timestamptz '2026-01-15 12:00:00+00'";
    await test.all('BEGIN', "SET TIME ZONE 'America/New_York'");
    expect(await test.value(zoned)).toBe('2026-01-15 07:00:00-05');
    await test.run('ROLLBACK');
    expect(await test.value(zoned)).toBe('2026-01-15 12:00:00+00');
  });

  it('shows all settings', async () => {
    const answer = await (await host.open()).run('SHOW ALL');
    expect(answer.labels).toEqual(['name', 'setting', 'description']);
    expect(answer.rows.length).toBe(settingsTable.size);
  });

  it('warns of SET LOCAL outside a block', async () => {
    const test = await host.open();
    await test.run("SET LOCAL query_group TO 'x'");
    expect(test.notices.at(-1)).toMatchObject({ severity: 'WARNING', code: '25P01' });
    expect(await test.value('SHOW query_group')).toBe('unset');
  });
});
