import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { civilFromDays, daysFromCivil, isoWeek, weekday } from '../../../src/engine/user-functions/calendar.js';
import { formatDatetime } from '../../../src/engine/user-functions/format-datetime.js';
import { DatetimeError, parseDatetime } from '../../../src/engine/user-functions/parse-datetime.js';

const micros = (text: string) => {
  const [seconds = '', fraction = ''] = text.split('.');
  return BigInt(Date.parse(`${seconds.replace(' ', 'T')}Z`)) * 1000n + BigInt(fraction.padEnd(6, '0'));
};
const iso = (value: bigint) => new Date(Number(value / 1000n)).toISOString().replace('T', ' ').replace('.000Z', '');

describe('the calendar', () => {
  it('agrees with JavaScript dates', () => {
    fc.assert(
      fc.property(fc.integer({ min: -719_000, max: 2_900_000 }), (days) => {
        const date = new Date(days * 86_400_000);
        const civil = civilFromDays(days);
        expect(civil).toEqual({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() });
        expect(daysFromCivil(civil.year, civil.month, civil.day)).toBe(days);
        expect(weekday(days)).toBe(date.getUTCDay());
      }),
    );
  });

  it.each([
    ['2008-12-29', 2009, 1],
    ['2010-01-03', 2009, 53],
    ['2021-01-04', 2021, 1],
  ])('knows the ISO week of %s', (text, year, week) => {
    expect(isoWeek(Date.parse(text) / 86_400_000)).toEqual({ year, week });
  });
});

describe('TO_CHAR of a timestamp', () => {
  it.each([
    ['2009-12-31 23:15:59', 'DDD', '365'],
    ['2022-05-16 23:15:59', 'ID', '1'],
    ['2009-12-31 23:15:59', 'HH24:MI:SS', '23:15:59'],
    ['2009-12-31 23:15:59', 'MONTH-DY-DD-YYYY HH12:MIPM', 'DECEMBER -THU-31-2009 11:15PM'],
    ['2009-12-31 23:15:59', 'Month-Dy-DD', 'December -Thu-31'],
    ['2008-01-25 14:30:00', 'MON-DD-YYYY HH12:MIPM', 'JAN-25-2008 02:30PM'],
    ['2008-01-25 00:30:00', 'hh:mi am', '12:30 am'],
    ['2008-01-05 14:30:00', 'FMDay, FMDD  HH12:MI', 'Saturday, 5  02:30'],
    ['2008-01-05 14:30:00', 'FMMonth FMDDth', 'January 5th'],
    ['2008-01-05 14:30:00', 'cc Q WW IW D W J', '21 1 01 01 7 1 2454471'],
    ['2008-01-05 14:30:00.123456', 'SSSS MS US', '52200 123 123456'],
    ['2008-01-05 14:30:00', 'Y,YYY YYY YY Y IYYY', '2,008 008 08 8 2008'],
    ['2008-07-05 14:30:00', 'RM rm FMrm', 'VII  vii  vii'],
    ['2008-01-05 14:30:00', '"Date:" YYYY/MM/DD B.C.', 'Date: 2008/01/05 A.D.'],
    ['2008-01-05 14:30:00', '', ''],
  ])('%s as %s', (text, format, expected) => {
    expect(formatDatetime(micros(text), format)).toBe(expected);
  });

  it('shows the zone of a TIMESTAMPTZ', () => {
    const zone = { name: 'UTC', offset: -19_800 };
    expect(formatDatetime(0n, 'HH24 TZ tz OF', zone)).toBe('00 UTC utc -05:30');
    expect(formatDatetime(0n, 'HH24TZ')).toBe('00');
  });
});

describe('TO_DATE and TO_TIMESTAMP', () => {
  it.each([
    ['02 Oct 2001', 'DD Mon YYYY', '2001-10-02 00:00:00'],
    ['20010631', 'YYYYMMDD', '2001-07-01 00:00:00'],
    ['20170230', 'YYYYMMDD', '2017-03-02 00:00:00'],
    ['2017', 'YYYY', '2017-01-01 00:00:00'],
    ['2011-12-18 23:38:15', 'YYYY-MM-DD HH24:MI:SS', '2011-12-18 23:38:15'],
    ['2011-12-18 24:38:15', 'YYYY-MM-DD HH24:MI:SS', '2011-12-19 00:38:15'],
    ['05:06 PM', 'HH12:MI AM', '0001-01-01 17:06:00'],
    ['12:06 AM', 'HH12:MI PM', '0001-01-01 00:06:00'],
    ['Tuesday, 5 February 2008', 'Day, DD Month YYYY', '2008-02-05 00:00:00'],
    ['2008-060', 'YYYY-DDD', '2008-02-29 00:00:00'],
    ['2009-01-1', 'IYYY-IW-ID', '2008-12-29 00:00:00'],
    ['08/1/5', 'YY/MM/DD', '2008-01-05 00:00:00'],
    ['99-1-5', 'YY-MM-DD', '1999-01-05 00:00:00'],
    ['2454471', 'J', '2008-01-05 00:00:00'],
    ['2,008', 'Y,YYY', '2008-01-01 00:00:00'],
    ['  2008 - 01', 'YYYY-MM', '2008-01-01 00:00:00'],
  ])('%s by %s', (text, format, expected) => {
    expect(iso(parseDatetime(text, format, false))).toBe(expected);
  });

  it('keeps fractions', () => {
    expect(parseDatetime('1970-01-01 00:00:00.5', 'YYYY-MM-DD HH24:MI:SS.MS', false)).toBe(500_000n);
    expect(parseDatetime('1970-01-01 00:00:00.000123', 'YYYY-MM-DD HH24:MI:SS.US', false)).toBe(123n);
  });

  it.each([
    ['20010631', 'YYYYMMDD', '22008'],
    ['2001-06-30 25:00', 'YYYY-MM-DD HH24:MI', '22008'],
  ])('is strict about %s when asked', (text, format, code) => {
    expect(() => parseDatetime(text, format, true)).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ['abc', 'YYYY', '22007'],
    ['05 Foo 2008', 'DD Mon YYYY', '22007'],
    ['13:00 PM', 'HH12:MI PM', '22007'],
    ['2008 UTC', 'YYYY TZ', '0A000'],
  ])('refuses %s by %s', (text, format, code) => {
    expect(() => parseDatetime(text, format, false)).toThrow(DatetimeError);
    expect(() => parseDatetime(text, format, false)).toThrow(expect.objectContaining({ code }));
  });

  it('reads what TO_CHAR writes', () => {
    const format = 'YYYY-MM-DD HH24:MI:SS.US';
    fc.assert(
      fc.property(fc.bigInt({ min: -62_135_596_800_000_000n, max: 253_402_300_799_999_999n }), (value) => {
        expect(parseDatetime(formatDatetime(value, format), format, true)).toBe(value);
      }),
    );
  });
});
