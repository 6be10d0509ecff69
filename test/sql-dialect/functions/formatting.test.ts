import { describeCalls } from './calls.js';

describeCalls('TO_CHAR', [
  ["to_char(timestamp '2009-12-31 23:15:59', 'MONTH-DY-DD-YYYY HH12:MIPM')", 'DECEMBER -THU-31-2009 11:15PM'],
  ["to_char(timestamp '2022-05-16 23:15:59', 'ID')", '1'],
  ["to_char(date '2008-02-03', 'FMDay, DD Mon')", 'Sunday, 03 Feb'],
  ["to_char(timestamptz '2009-12-31 23:15:59+00', 'HH24 TZ')", '23 UTC'],
  ["to_char(-125.8, '999D99S')", '125.80-'],
  ["to_char(125.8, '999.99')", ' 125.80'],
  ["to_char(125, 'RN')", '           CXXV'],
  ["to_char(728.00 - 109.20, 'l99999D99')", '$   618.80'],
  ["to_char(1234567::bigint, '9,999,999')", ' 1,234,567'],
  ["to_char(1.5::float8, '9.9')", ' 1.5'],
  ["to_char(null::timestamp, 'YYYY')", null],
]);

describeCalls('TO_DATE, TO_TIMESTAMP, TO_NUMBER', [
  ["to_date('02 Oct 2001', 'DD Mon YYYY')", '2001-10-02'],
  ["to_date('20010631', 'YYYYMMDD', false)", '2001-07-01'],
  ["to_date('20010631', 'YYYYMMDD', true)", { code: '22008' }],
  ["to_date('x', 'YYYY')", { code: '22007' }],
  ["to_timestamp('2017', 'YYYY')", '2017-01-01 00:00:00+00'],
  ["to_timestamp('2011-12-18 23:38:15', 'YYYY-MM-DD HH24:MI:SS')", '2011-12-18 23:38:15+00'],
  ["to_number('12,454.8-', '99G999D9S')", '-12454.8'],
  ["to_number('$ 2,012,454.88', 'L 9,999,999.99')", '2012454.88'],
  ["to_number('abc', '999')", { code: '22P02' }],
]);
