import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDateTime } from '../../../sql-dialect/types/datetime-text.js';
import { parseInterval } from '../../../sql-dialect/types/interval-text.js';

describe('dates and times in text', () => {
  it.each([
    ['2008-02-18', '2008-02-18', undefined, undefined],
    ['2008-02-18 02:36:48', '2008-02-18', '02:36:48', undefined],
    ['2008-02-18T02:36', '2008-02-18', '02:36:00', undefined],
    ['20080218', '2008-02-18', undefined, undefined],
    ['20220502 04:05:06.789', '2022-05-02', '04:05:06.789', undefined],
    ['20080305 122529', '2008-03-05', '12:25:29', undefined],
    ['1/15/2008', '2008-01-15', undefined, undefined],
    ['01-15-08', '2008-01-15', undefined, undefined],
    ['15-Jan-2008', '2008-01-15', undefined, undefined],
    ['Jan 15, 2008 10:30:05.5 PM', '2008-01-15', '22:30:05.5', undefined],
    ['15 January 2008', '2008-01-15', undefined, undefined],
    ['Fri Jan 5 2024 12:00 AM', '2024-01-05', '00:00:00', undefined],
    ['2008-01-15 10:00:00+05:30', '2008-01-15', '10:00:00', '+05:30'],
    ['2008-01-15 10:00:00-08', '2008-01-15', '10:00:00', '-08'],
    ['2008-01-15 10:00:00 PST', '2008-01-15', '10:00:00', '-08'],
    ['2008-01-15 10:00:00 America/New_York', '2008-01-15', '10:00:00', 'America/New_York'],
    ['10:20', undefined, '10:20:00', undefined],
    ['2000-02-29', '2000-02-29', undefined, undefined],
  ])('%s', (text, date, time, zone) => {
    expect(parseDateTime(text)).toEqual({ date, time, zone, special: undefined });
  });

  it.each([
    '',
    'abc',
    '2008-13-01',
    '2008-02-30',
    '1900-02-29',
    '25:00',
    '10:61',
    '2008-01',
    'Jan 2008',
    '13 PM',
    '10:00 10:00',
  ])('%j is no date or time', (text) => {
    expect(parseDateTime(text)).toBeUndefined();
  });

  it('reads back every day written in ISO form', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), (day) => {
        const iso = day.toISOString().slice(0, 10);
        expect(parseDateTime(iso)?.date).toBe(iso);
        expect(parseDateTime(iso.replaceAll('-', ''))?.date).toBe(iso);
      }),
    );
  });
});

describe('intervals in text', () => {
  it.each([
    ['1 day', undefined, 0, 1, 0n],
    ['1 day 2 hours', undefined, 0, 1, 7_200_000_000n],
    ['1w, 1h, 1m, 1s', undefined, 0, 7, 3_661_000_000n],
    ['4 months', undefined, 4, 0, 0n],
    ['1.5 days', undefined, 0, 1, 43_200_000_000n],
    ['0.5 months', undefined, 0, 15, 0n],
    ['3 days ago', undefined, 0, -3, 0n],
    ['36:00:00.25', undefined, 0, 0, 129_600_250_000n],
    ['-1:30', undefined, 0, 0, -5_400_000_000n],
    ['5', 'DAY', 0, 5, 0n],
    ['1-2', 'YEAR TO MONTH', 14, 0, 0n],
    ['3', 'YEAR', 36, 0, 0n],
    ['1 02:03:04', 'DAY TO SECOND', 0, 1, 7_384_000_000n],
    ['10:20', 'MINUTE TO SECOND', 0, 0, 620_000_000n],
    ['7', undefined, 0, 0, 7_000_000n],
  ])('%s %s', (text, fields, months, days, micros) => {
    expect(parseInterval(text, fields)).toEqual({ months, days, micros });
  });

  it.each(['', 'day', '1 fortnight', 'x', '1 day 2'])('%j is no interval or ends in a number of seconds', (text) => {
    const parsed = parseInterval(text);
    expect(text === '1 day 2' ? parsed?.micros : parsed).toBe(text === '1 day 2' ? 2_000_000n : undefined);
  });
});
