import { describeFailures, describeQueries, useDatabase } from '../tables.js';

const database = useDatabase({
  t: {
    columns: 'id int, d date, ts timestamp, tz timestamptz, tm time, v varchar(40), n bigint',
    rows: [
      "1, '2020-01-31', '2020-01-31 10:20:30.5', '2020-01-31 10:20:30+02', '10:20:30', '1/15/2008', 1600000000",
      "2, '2020-02-29', '2020-02-29', '2020-02-29', '23:00', '2008-01-15 10:00', 0",
    ],
  },
});

describeQueries('literals', database, [
  [
    "SELECT date '20080115', date '1/15/2008', date 'Jan 15, 2008', timestamp '2008-01-15'",
    '2008-01-15|2008-01-15|2008-01-15|2008-01-15 00:00:00',
  ],
  [
    "SELECT timestamp 'epoch', timestamp 'epoch' + 1.5 * interval '1 second'",
    '1970-01-01 00:00:00|1970-01-01 00:00:01.5',
  ],
  [
    "SELECT timestamptz '2020-01-01 10:00:00 PST', timestamptz '2020-01-01 10:00', time '10:20 PM', timetz '10:00+02'",
    '2020-01-01 18:00:00+00|2020-01-01 10:00:00+00|22:20:00|10:00:00+02',
  ],
  ["SELECT date 'today' = current_date, timestamp 'now' = sysdate, date 'tomorrow' - date 'yesterday'", 't|t|2'],
  [
    "SELECT interval '1 year 2 months', interval '3' day, interval '1-2' year to month, interval '36 hours'",
    '1 year 2 mons|3 days 0 hours 0 mins 0.0 secs|1 years 2 mons|36:00:00',
  ],
  ["SELECT d FROM t WHERE d = '2020-01-31'", '2020-01-31'],
  ["SELECT id FROM t WHERE ts BETWEEN '2020-01-01' AND '2020-01-31 23:59' ", '1'],
  ["SELECT id FROM t WHERE d IN ('20200131', '1/1/2001')", '1'],
]);

describeQueries('arithmetic', database, [
  [
    "SELECT d + 1, d - 1, 1 + d, d - date '2020-01-01', ts + 1, ts - 0.5 FROM t WHERE id = 1",
    '2020-02-01|2020-01-30|2020-02-01|30|2020-02-01 10:20:30.5|2020-01-30 22:20:30.5',
  ],
  [
    "SELECT d + interval '1 month', d + interval '1' month, d - interval '1 day', ts + interval '90 minutes' FROM t WHERE id = 1",
    '2020-02-29 00:00:00|2020-02-29|2020-01-30 00:00:00|2020-01-31 11:50:30.5',
  ],
  [
    "SELECT ts - timestamp '2020-01-01', ts - d, tm + interval '14 hours', d + tm FROM t WHERE id = 1",
    '30 days 10:20:30.5|10:20:30.5|00:20:30|2020-01-31 10:20:30',
  ],
  [
    "SELECT timestamp 'epoch' + n * interval '1 second', timestamp 'epoch' + n / 2.0 * interval '1 second' FROM t WHERE id = 1",
    '2020-09-13 12:26:40|1995-05-09 06:13:20',
  ],
  [
    "SELECT interval '1 day' * 3, interval '1 hour' / 2, - interval '1 day', interval '1 day' + interval '2 hours'",
    '3 days|00:30:00|-1 days|1 day 02:00:00',
  ],
  ["SELECT date '2023-03-31' - interval '4 months'", '2022-11-30 00:00:00'],
]);

describeQueries('conversions', database, [
  [
    'SELECT ts::date, ts::time, d::timestamp, tz::timestamp, tz::date, ts::timestamptz FROM t WHERE id = 1',
    '2020-01-31|10:20:30.5|2020-01-31 00:00:00|2020-01-31 08:20:30|2020-01-31|2020-01-31 10:20:30.5+00',
  ],
  [
    'SELECT v::date, v::timestamp FROM t ORDER BY id',
    '2008-01-15|2008-01-15 00:00:00',
    '2008-01-15|2008-01-15 10:00:00',
  ],
  ['SELECT d = ts FROM t ORDER BY id', 'f', 't'],
  [
    "SELECT coalesce(d, '1999-01-01'), greatest(d, '2020-02-01') FROM t ORDER BY id",
    '2020-01-31|2020-02-01',
    '2020-02-29|2020-02-29',
  ],
  ['SELECT d FROM t UNION ALL SELECT ts FROM t ORDER BY 1 LIMIT 2', '2020-01-31 00:00:00', '2020-01-31 10:20:30.5'],
  [
    "SELECT ts AT TIME ZONE 'PST', tz AT TIME ZONE 'America/New_York' FROM t WHERE id = 1",
    '2020-01-31 18:20:30.5+00|2020-01-31 03:20:30',
  ],
]);

describeQueries('parts', database, [
  [
    "SELECT extract(year FROM ts), extract(dow FROM d), date_part(month, ts), date_trunc('month', ts) FROM t WHERE id = 1",
    '2020|5|1|2020-01-01 00:00:00',
  ],
  [
    "SELECT dateadd(month, 1, d), datediff(day, d, ts), datediff(mon, date '2019-12-31', d) FROM t WHERE id = 1",
    '2020-02-29 00:00:00|0|1',
  ],
]);

describeFailures('texts that are no dates', database, [["SELECT ('x' || id)::date FROM t", '22007']]);
