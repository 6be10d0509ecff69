/** Date parts under their first names. */
export type DatePart =
  | 'millennium'
  | 'century'
  | 'decade'
  | 'epoch'
  | 'year'
  | 'quarter'
  | 'month'
  | 'week'
  | 'dayofweek'
  | 'dayofyear'
  | 'day'
  | 'hour'
  | 'minute'
  | 'second'
  | 'millisecond'
  | 'microsecond'
  | 'timezone'
  | 'timezone_hour'
  | 'timezone_minute';

/** "Date parts for date or timestamp functions", with their abbreviations. */
const spellings: Readonly<Record<DatePart, string>> = {
  millennium: 'millennium millenniums millennia mil mils',
  century: 'century centuries c cent cents',
  decade: 'decade decades dec decs',
  epoch: 'epoch',
  year: 'year years y yr yrs',
  quarter: 'quarter quarters q qtr qtrs',
  month: 'month months mon mons',
  week: 'week weeks w',
  dayofweek: 'dayofweek dow dw weekday',
  dayofyear: 'dayofyear doy dy yearday',
  day: 'day days d',
  hour: 'hour hours h hr hrs',
  minute: 'minute minutes m min mins',
  second: 'second seconds s sec secs',
  millisecond: 'millisecond milliseconds ms msec msecs msecond mseconds millisec millisecs millisecon',
  microsecond: 'microsecond microseconds microsec microsecs usecond useconds us usec usecs',
  timezone: 'timezone',
  timezone_hour: 'timezone_hour',
  timezone_minute: 'timezone_minute',
};

let index: Map<string, DatePart> | undefined;

/** The date part that `word` names, in any case, or undefined. */
export function datePart(word: string): DatePart | undefined {
  if (index === undefined) {
    index = new Map();
    for (const part of Object.keys(spellings) as DatePart[]) {
      for (const spelling of spellings[part].split(' ')) index.set(spelling, part);
    }
  }
  return index.get(word.toLowerCase());
}
