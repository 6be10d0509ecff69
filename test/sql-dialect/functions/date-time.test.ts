import { describeCalls } from './calls.js';

// Values of the AWS pages "DATEADD function", "DATEDIFF function", "DATE_PART function", "EXTRACT function" and their
// neighbours, and of what their text says.
describeCalls('DATEADD', [
  ["dateadd(month, 18, '2008-02-28')", '2009-08-28 00:00:00'],
  ["dateadd('month', 18, '2008-02-28')", '2009-08-28 00:00:00'],
  ["dateadd(minute, 30, '2008-01-01 00:00:30')", '2008-01-01 00:30:30'],
  ["dateadd(day, 30, date '2008-11-01')", '2008-12-01 00:00:00'],
  ["dateadd(day, -1, timestamp '2008-03-01 10:00:00.5')", '2008-02-29 10:00:00.5'],
  ["dateadd(month, 1, '2009-04-30')", '2009-05-30 00:00:00'],
  ["dateadd(mon, 1, '2009-01-31')", '2009-02-28 00:00:00'],
  ["dateadd(qtr, 1, '2009-01-31')", '2009-04-30 00:00:00'],
  ["dateadd(w, 2, '2009-01-31')", '2009-02-14 00:00:00'],
  ["dateadd(yrs, 4, '2008-02-29')", '2012-02-29 00:00:00'],
  ["dateadd(ms, 1500, '2008-01-01')", '2008-01-01 00:00:01.5'],
  ["dateadd(us, 1, '2008-01-01')", '2008-01-01 00:00:00.000001'],
  ["dateadd(hour, 8, time '13:24:55')", '21:24:55'],
  ["dateadd(hour, 12, time '13:24:55')", '01:24:55'],
  ["dateadd(day, null, '2008-01-01')", null],
  ['dateadd(day, 1, null)', null],
]);

describeCalls('DATEDIFF', [
  ["datediff(week, '2009-01-01', '2009-12-31')", '52'],
  ["datediff(hour, '2023-01-01', '2023-01-03 05:04:03')", '53'],
  ["datediff(day, '2008-06-30', '2008-07-01')", '1'],
  ["datediff(qtr, '1998-07-01', '2008-07-01')", '40'],
  ["datediff(day, '2008-07-02', '2008-07-01')", '-1'],
  ["datediff(year, '2008-12-31', '2009-01-01')", '1'],
  ["datediff(month, '2008-01-31', '2008-02-01')", '1'],
  ["datediff(week, '2024-01-07', '2024-01-08')", '1'],
  ["datediff(week, '2024-01-01', '2024-01-07')", '0'],
  ["datediff(decade, '2009-12-31', '2010-01-01')", '1'],
  ["datediff(second, '2008-01-01 00:00:00.9', '2008-01-01 00:00:01.1')", '1'],
  ["datediff(microsecond, '2008-01-01', '2008-01-01 00:00:01')", '1000000'],
  ["datediff(hour, time '20:00:00', time '15:24:45')", '-5'],
  ["datediff(minute, timestamptz '2008-01-01 00:00:00+00', timestamptz '2008-01-01 01:00:00+01')", '0'],
  ["datediff(day, null, '2008-01-01')", null],
]);

describeCalls('parts of a date', [
  ["date_part(day, timestamp '20220502 04:05:06.789')", '2'],
  ["date_part('day', timestamp '2022-05-02 04:05:06.789')", '2'],
  ["date_part(dayofweek, timestamp '20220502 04:05:06.789')", '1'],
  ["date_part(dow, timestamp '2022-05-01')", '0'],
  ["date_part(millennium, timestamp '20220502 04:05:06.789')", '3'],
  ["date_part(microsecond, timestamp '20220502 04:05:06.789')", '789000'],
  ["date_part(month, date '20220502')", '5'],
  ["date_part(minute, timestamp '2009-01-01 02:08:01')", '8'],
  ["date_part(w, timestamp '2008-06-17 09:44:54')", '25'],
  ["date_part(sec, timestamp '2009-09-21 11:10:03.189717')", '3.189717'],
  ["date_part(epoch, timestamp '1970-01-02')", '86400'],
  ["date_part(doy, date '2008-12-31')", '366'],
  ["date_part(quarter, date '2008-12-31')", '4'],
  ["date_part_year(date '20220502')", '2022'],
  ["extract(sec from timestamp '2009-09-21 11:10:03.189717')", '3'],
  ["extract(ms from timestamp '2009-09-21 11:10:03.189717')", '189'],
  ["extract(week from timestamp '2008-02-06 10:00:00')", '6'],
  ["extract(minute from time '00:58:00')", '58'],
  ["extract(century from timestamp '2000-12-16 12:21:13')", '20'],
  ["extract(century from timestamp '2001-02-16 20:38:40')", '21'],
  ["extract(decade from timestamp '1999-02-16 20:38:40')", '200'],
  ["extract(epoch from timestamp '2040-01-01')", '2208988800'],
  ["extract(year from timestamptz '1997-12-01 07:37:16-08')", '1997'],
  ["extract(month from date '2008-02-06')", '2'],
  ["extract('dow' from timestamp '2022-05-01')", '0'],
]);

describeCalls('DATE_TRUNC and TRUNC', [
  ["date_trunc('month', timestamp '2008-09-17 10:11:12')", '2008-09-01 00:00:00'],
  ["date_trunc('week', date '2024-01-07')", '2024-01-01 00:00:00'],
  ["date_trunc('minute', timestamp '20200430 04:05:06.789')", '2020-04-30 04:05:00'],
  ["date_trunc('qtr', '2008-09-17')", '2008-07-01 00:00:00'],
  ["date_trunc('century', timestamp '2008-09-17')", '2001-01-01 00:00:00'],
  ["date_trunc('decade', timestamp '2008-09-17')", '2000-01-01 00:00:00'],
  ["date_trunc('day', timestamptz '2008-09-17 10:11:12+00')", '2008-09-17 00:00:00+00'],
  ["trunc(timestamp '2011-07-21 10:32:38.248109')", '2011-07-21'],
]);

describeCalls('months and days', [
  ["add_months('2008-03-31', 1)", '2008-04-30 00:00:00'],
  ["add_months('2009-04-30', 1)", '2009-05-31 00:00:00'],
  ["add_months('2008-02-29 10:00:00', 12)", '2009-02-28 10:00:00'],
  ["add_months('2008-02-28', -1)", '2008-01-28 00:00:00'],
  ["last_day(date '2004-01-05')", '2004-01-31'],
  ["last_day(timestamp '2008-02-05 10:00:00')", '2008-02-29'],
  ["next_day('2014-08-20', 'Tuesday')", '2014-08-26'],
  ["next_day('2014-08-20', 'w')", '2014-08-27'],
  ["months_between('1969-01-18', '1969-03-18')", '-2'],
  ["months_between('2008-03-31', '2008-02-29')", '1'],
  ["months_between('2008-01-16', '2008-01-01')", '0.483870967741935'],
]);

describeCalls('comparisons', [
  ["date_cmp('2008-01-01', '2008-01-04')", '-1'],
  ["date_cmp(date '2008-01-04', date '2008-01-04')", '0'],
  ["date_cmp_timestamp('2008-06-18', timestamp '2008-01-24 06:43:29')", '1'],
  ["timestamp_cmp(timestamp '2008-01-24 06:43:29', timestamp '2008-01-24 06:43:30')", '-1'],
  ["timestamp_cmp_date(timestamp '2008-06-18 00:00:00', '2008-06-18')", '0'],
  ["timestamptz_cmp(timestamptz '2008-01-24 06:43:29+00', timestamptz '2008-01-24 07:43:29+01')", '0'],
  ["timestamp_cmp(null, timestamp '2008-01-24')", null],
]);

describeCalls('time zones', [
  ["convert_timezone('EST', 'PST', '20080305 12:25:29')", '2008-03-05 09:25:29'],
  ["convert_timezone('PST', timestamp '2008-08-24 09:36:12')", '2008-08-24 01:36:12'],
  ["convert_timezone('US/Pacific', timestamp '2008-08-24 09:36:12')", '2008-08-24 02:36:12'],
  ["convert_timezone('GMT', 'NEWZONE +2', '2014-05-17 12:00:00')", '2014-05-17 10:00:00'],
  ["convert_timezone('GMT', 'NEWZONE-2:15', '2014-05-17 12:00:00')", '2014-05-17 14:15:00'],
  ["convert_timezone('GMT', 'America/Los_Angeles+2', '2014-05-17 12:00:00')", '2014-05-17 10:00:00'],
  ["convert_timezone('GMT', 'GMT+2', '2014-05-17 12:00:00')", '2014-05-17 10:00:00'],
  ["convert_timezone('us/eastern', 'utc', timestamp '2008-08-24 00:00:00')", '2008-08-24 04:00:00'],
  ["convert_timezone(upper('pst'), timestamp '2008-08-24 09:36:12')", '2008-08-24 01:36:12'],
  ["convert_timezone(lower('US/Pacific'), timestamp '2008-08-24 09:36:12')", '2008-08-24 02:36:12'],
  ["timezone('PST', timestamp '2008-08-24 09:36:12')", '2008-08-24 17:36:12+00'],
  ["timestamptz '2001-02-16 20:38:40-05' at time zone 'MST'", '2001-02-16 18:38:40'],
]);

describeCalls('now', [
  ["getdate() = date_trunc('second', sysdate)", 't'],
  ['current_date = trunc(sysdate)', 't'],
  ['datediff(minute, getdate(), sysdate)', '0'],
  ['len(timeofday()) > 30', 't'],
]);
