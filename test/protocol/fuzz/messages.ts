import type { Random } from '../../soak/random.js';
import { client, int16, int32 } from '../../wire/raw-client.js';

/**
 * Random messages of a client. `framed`: each is as long as its length word says, so that the server finds the next
 * one, whatever is inside.
 */

const names: [string, ...string[]] = ['', '', '', '', '', 's', 's', 'p', 'c', 'S_1', 'ü"', 'x'.repeat(300)];
const oids: [number, ...number[]] = [
  0, 16, 17, 20, 21, 23, 25, 26, 114, 700, 701, 705, 1007, 1009, 1042, 1043, 1082, 1083, 1114, 1184, 1186, 1188, 1190,
  1266, 1700, 2205, 2950, 4000, 6551, -1, 99_999,
];

/**
 * Quick statements of every kind: what is tested here is the protocol. None reads what other sessions are meant to show
 * (system views).
 */
export const statements: [string, ...string[]] = [
  'SELECT secret FROM mine',
  'SELECT secret, $1 FROM mine',
  'SELECT $1::int + $2',
  'SELECT $1, $2, $3',
  'SELECT $1::timestamp, $2::numeric(10,2), $3::bool',
  'SELECT $1::varbyte, $2::super',
  'SELECT 1',
  "SELECT 'text', NULL, 1.5::numeric(10,3), true, DATE '2024-02-29', 1e300::float8",
  'SELECT n FROM generate_series(1, 300) AS g(n)',
  'SELECT 1/0',
  'SELECT nothing FROM nowhere',
  'SELEC',
  '',
  ';;',
  '-- nothing',
  'SELECT 1; SELECT secret FROM mine',
  'INSERT INTO mine VALUES ($1)',
  "INSERT INTO mine SELECT secret FROM mine LIMIT 1; DELETE FROM mine WHERE secret = 'x'",
  'INSERT INTO shared VALUES (1)',
  'UPDATE shared SET n = n + 1',
  'BEGIN',
  'COMMIT',
  'ROLLBACK',
  'BEGIN; SELECT secret FROM mine; COMMIT',
  'DECLARE c CURSOR FOR SELECT secret, n FROM mine, generate_series(1, 50) AS g(n)',
  'DECLARE c CURSOR WITH HOLD FOR SELECT secret FROM mine',
  'FETCH 3 FROM c',
  'FETCH FORWARD ALL FROM c',
  'CLOSE c',
  'CLOSE ALL',
  'PREPARE p AS SELECT secret, $1::int FROM mine',
  'EXECUTE p(1)',
  "EXECUTE p('x')",
  'DEALLOCATE ALL',
  'DEALLOCATE s',
  'SHOW query_group',
  "SET query_group TO 'again'",
  'SHOW search_path',
  "SET search_path TO 'nowhere'",
  'RESET search_path',
  "SET TimeZone TO 'Europe/Paris'",
  'SET extra_float_digits TO 2',
  'COPY shared FROM STDIN',
  'VACUUM',
  'SELECT current_user, current_database()',
  "SELECT 'it''s ünïcode \u{1f986}'",
];

function bytes(random: Random, most: number): Buffer {
  return Buffer.from(Array.from({ length: random.integer(0, most) }, () => random.integer(0, 255)));
}

function sql(random: Random): string {
  const text = random.pick(statements);
  if (random.next() < 0.85) return text;
  const at = random.integer(0, text.length);
  const other = random.pick(statements);
  return text.slice(0, at) + other.slice(random.integer(0, other.length));
}

function many<T>(random: Random, most: number, make: () => T): T[] {
  return Array.from({ length: random.integer(0, most) }, make);
}

function parameter(random: Random): string | Buffer | null {
  switch (random.integer(0, 5)) {
    case 0:
      return null;
    case 1:
      return bytes(random, 20);
    case 2:
      return Buffer.alloc(random.pick([1, 2, 4, 8, 12, 16]), random.integer(0, 255));
    default:
      return random.pick([
        '1',
        '-1',
        '',
        'x',
        '2024-02-29',
        'true',
        '{"a":1}',
        'ff00',
        '1e400',
        'NaN',
        '12:00',
        '{1,2}',
      ]);
  }
}

function bind(random: Random): Buffer {
  return client.bind({
    portal: random.pick(names),
    statement: random.pick(names),
    parameters: many(random, 3, () => parameter(random)),
    formats: many(random, 3, () => random.pick([0, 0, 0, 0, 1, 1, 1, 2, -1])),
    resultFormats: many(random, 2, () => random.pick([0, 0, 0, 0, 1, 1, 1, 7])),
  });
}

/**
 * A statement from Parse to Execute as a driver sends it, with as many parameters as it has, often in portions, through
 * a portal of any name.
 */
export function coherent(random: Random): Buffer {
  const text = random.pick(statements);
  const parameters = [...text.matchAll(/\$\d/g)].map(() => parameter(random));
  const [statement, portal] = [random.pick(names), random.pick(names)];
  const portion = random.pick([0, 0, 0, 1, 2, 7]);
  const format = random.integer(0, 1);
  const messages = [
    ...(random.next() < 0.7 ? [client.closeStatement(statement), client.closePortal(portal)] : []),
    client.parse(text, { name: statement, oids: random.next() < 0.8 ? [] : many(random, 2, () => random.pick(oids)) }),
    ...(random.next() < 0.5 ? [client.describeStatement(statement)] : []),
    ...(random.next() < 0.2 ? [client.flush()] : []),
    client.bind({
      portal,
      statement,
      parameters,
      formats: random.next() < 0.8 ? [] : parameters.map(() => random.integer(0, 1)),
      resultFormats: random.next() < 0.6 ? [] : [format],
    }),
    ...(random.next() < 0.5 ? [client.describePortal(portal)] : []),
    client.execute(portal, portion),
    ...(portion === 0 ? [] : many(random, 3, () => client.execute(portal, portion))),
    ...(random.next() < 0.4 ? [client.closePortal(portal), client.closeStatement(statement)] : []),
  ];
  return Buffer.concat(messages);
}

/** A message with its fields as they should be, of a sort that may come at any time. */
export function wellFormed(random: Random): Buffer {
  switch (random.integer(0, 15)) {
    case 0:
    case 1:
    case 2:
      return client.query(sql(random));
    case 3:
    case 4:
      return client.parse(sql(random), { name: random.pick(names), oids: many(random, 3, () => random.pick(oids)) });
    case 5:
    case 6:
      return bind(random);
    case 7:
    case 8:
      return client.execute(random.pick(names), random.pick([0, 0, 1, 2, 100, -1, 0x7fffffff]));
    case 9:
      return Buffer.concat([client.parse(sql(random)), bind(random), client.describePortal(), client.execute()]);
    case 10:
      return random.pick([client.describeStatement(random.pick(names)), client.describePortal(random.pick(names))]);
    case 11:
      return random.pick([client.closeStatement(random.pick(names)), client.closePortal(random.pick(names))]);
    case 12:
      return client.flush();
    case 13:
      return random.pick([
        client.message('d', bytes(random, 30)),
        client.message('c'),
        client.message('f', bytes(random, 9)),
      ]);
    case 14:
      return client.message('F', bytes(random, 20));
    default:
      return client.sync();
  }
}

/** Letters that an open session takes, whatever is in the message. */
const letters: [string, ...string[]] = ['Q', 'P', 'B', 'E', 'D', 'C', 'S', 'H', 'F', 'd', 'c', 'f'];

/** A message of the right length with the wrong things in it. */
export function malformed(random: Random): Buffer {
  const whole = wellFormed(random);
  const letter = String.fromCharCode(whole[0] ?? 0);
  const length = whole.readInt32BE(1);
  const body = Buffer.from(whole.subarray(5, length + 1));
  switch (random.integer(0, 6)) {
    case 0:
      return client.message(letter, body.subarray(0, random.integer(0, body.length)));
    case 1:
      return client.message(letter, Buffer.concat([body, bytes(random, 40)]));
    case 2:
      for (let n = random.integer(1, 4); n > 0 && body.length > 0; n--)
        body[random.integer(0, body.length - 1)] = random.integer(0, 255);
      return client.message(letter, body);
    case 3:
      return client.message(random.pick(letters), body);
    case 4:
      return client.message(random.pick(letters), bytes(random, 60));
    case 5:
      // Counts and lengths that promise what does not come.
      return client.message(
        'B',
        Buffer.concat([
          Buffer.from([0, 0]),
          int16(random.pick([0, 1, 32_767, -1])),
          int16(random.pick([1, 2, 32_767, -1])),
          int32(random.pick([-2, 0x7fffffff, -0x80000000, 5])),
          bytes(random, 30),
        ]),
      );
    default:
      return client.message(
        'P',
        Buffer.concat([Buffer.from('s\0SELECT $1\0'), int16(random.pick([1, 32_767, -1])), bytes(random, 12)]),
      );
  }
}

/**
 * Bytes after which the server may find no message any more: it has to end the connection, or wait for what never
 * comes.
 */
export function unframed(random: Random): Buffer {
  switch (random.integer(0, 4)) {
    case 0:
      return bytes(random, 200);
    case 1: {
      const whole = wellFormed(random);
      return whole.subarray(0, random.integer(0, whole.length - 1));
    }
    case 2:
      // A length that no message has, or too long a one.
      return Buffer.concat([
        Buffer.from(random.pick([...letters, 'p', 'X', '!', '\0'])),
        int32(random.pick([0, 3, -1, 0x7fffffff, -0x80000000, 10_001, 2_000_000])),
        bytes(random, 50),
      ]);
    case 3:
      return client.message(random.pick(['!', 'a', 'z', '\0', '\u00ff', 'p', 'X']), bytes(random, 20));
    default: {
      const whole = Buffer.concat([wellFormed(random), wellFormed(random)]);
      whole[random.integer(0, whole.length - 1)] = random.integer(0, 255);
      return whole;
    }
  }
}

/** What a connection may begin with, right and wrong. */
export function opening(random: Random): Buffer {
  const startup = client.startup(startupParameters(random), random.pick([196608, 196608, 196608, 196610, 131072, 0]));
  switch (random.integer(0, 7)) {
    case 0:
      return bytes(random, 120);
    case 1:
      return startup.subarray(0, random.integer(0, startup.length));
    case 2:
      startup[random.integer(0, startup.length - 1)] = random.integer(0, 255);
      return startup;
    case 3:
      return Buffer.concat([random.pick([client.sslRequest(), client.gssRequest()]), bytes(random, 40)]);
    case 4:
      return Buffer.concat(many(random, 4, () => random.pick([client.sslRequest(), client.gssRequest()])));
    case 5:
      return client.cancel(random.integer(0, 0x7fffffff), random.integer(0, 0x7fffffff));
    case 6:
      return Buffer.concat([int32(random.pick([0, 4, 7, 8, 9, 10_000, 10_001, -1])), bytes(random, 60)]);
    default:
      return Buffer.concat([bytes(random, 3), startup]);
  }
}

/** Startup keys and values of every kind; the session that follows, if any, is closed at once. */
export function startupParameters(random: Random): Record<string, string> {
  const keys: [string, ...string[]] = [
    'application_name',
    'client_encoding',
    'DateStyle',
    'TimeZone',
    'extra_float_digits',
    'options',
    'search_path',
    'client_protocol_version',
    'statement_timeout',
    '_pq_.compression',
    'replication',
    'unheard_of',
  ];
  const values: [string, ...string[]] = [
    '',
    'UTF8',
    'ISO',
    '2',
    'x',
    '-c a=b',
    'Europe/Paris',
    '\u00e9',
    'true',
    '9'.repeat(40),
  ];
  const parameters: Record<string, string> = {
    user: 'awsuser',
    database: random.pick(['dev', 'dev', 'dev', 'nowhere']),
  };
  for (const key of many(random, 4, () => random.pick(keys))) parameters[key] = random.pick(values);
  return parameters;
}

/** What a client may say where its password is asked for; never the right one. */
export function passwordAnswer(random: Random): Buffer {
  switch (random.integer(0, 8)) {
    case 0:
      return bytes(random, 100);
    case 1:
      return client.password(`md5${bytes(random, 16).toString('hex')}`);
    case 2:
      return client.message('p', bytes(random, 60));
    case 3:
      return sasl('SCRAM-SHA-256', random.pick(['n,,n=,r=abc', 'y,,n=u,r=x', 'p=tls-unique,,n=,r=a', '', 'n,,n=,r=']));
    case 4:
      return Buffer.concat([
        sasl('SCRAM-SHA-256', 'n,,n=,r=abc'),
        client.message(
          'p',
          Buffer.from(random.pick(['c=biws,r=abc,p=AAAA', `c=biws,r=abc,p=${'A'.repeat(43)}=`, '', 'c='])),
        ),
      ]);
    case 5:
      return sasl(random.pick(['SCRAM-SHA-256-PLUS', 'PLAIN', '']), 'n,,n=,r=abc');
    case 6:
      return client.message('d', Buffer.concat([int32(random.pick([32, -1, 0x7fffffff])), bytes(random, 80)]));
    case 7:
      return wellFormed(random);
    default:
      return Buffer.concat([Buffer.from('p'), int32(random.pick([3, 4, 5, 70_000, -1])), bytes(random, 20)]);
  }
}

function sasl(mechanism: string, first: string): Buffer {
  const text = Buffer.from(first);
  return client.message('p', Buffer.concat([Buffer.from(`${mechanism}\0`), int32(text.length), text]));
}
