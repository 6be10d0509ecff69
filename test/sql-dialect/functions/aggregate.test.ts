import { describe, expect, it } from 'vitest';
import { useSession } from './calls.js';

// The WINSALES table of "Overview example for window functions" (AWS developer guide).
const winsales = `(
  SELECT 30001 AS salesid, date '2003-08-02' AS dateid, 3 AS sellerid, 'b' AS buyerid, 10 AS qty, 10 AS qty_shipped
  UNION ALL SELECT 10001, date '2003-12-24', 1, 'c', 10, 10
  UNION ALL SELECT 10005, date '2003-12-24', 1, 'a', 30, null
  UNION ALL SELECT 40001, date '2004-01-09', 4, 'a', 40, null
  UNION ALL SELECT 10006, date '2004-01-18', 1, 'c', 10, null
  UNION ALL SELECT 20001, date '2004-02-12', 2, 'b', 20, 20
  UNION ALL SELECT 40005, date '2004-02-12', 4, 'a', 10, 10
  UNION ALL SELECT 20002, date '2004-02-16', 2, 'c', 20, 20
  UNION ALL SELECT 30003, date '2004-04-18', 3, 'b', 15, null
  UNION ALL SELECT 30004, date '2004-04-18', 3, 'b', 20, null
  UNION ALL SELECT 30007, date '2004-09-07', 3, 'c', 30, null
) AS winsales`;

describe('aggregate functions', () => {
  const session = useSession();

  it.each([
    ['count(*)', '11'],
    ['count(qty_shipped)', '5'],
    ['count(distinct buyerid)', '3'],
    ['approximate count(distinct buyerid)', '3'],
    ['sum(qty)', '215'],
    ['sum(qty::decimal(8,2))', '215.00'],
    ['sum(qty::float)', '215'],
    ['sum(qty_shipped) = sum(distinct qty_shipped)', 'f'],
    ['avg(qty)', '19'],
    ['avg(-qty)', '-19'],
    ['avg(qty::decimal(8,2))', '19.54'],
    ['avg(-qty::decimal(8,2))', '-19.54'],
    ['avg(qty::decimal(8,0))', '19'],
    ['avg(qty::float)', '19.5454545454545'],
    ['avg(distinct qty)', '23'],
    ['min(dateid)', '2003-08-02'],
    ['max(buyerid)', 'c'],
    ['any_value(1)', '1'],
    ['bit_and(qty)', '0'],
    ['bit_or(qty)', '63'],
    ['bool_and(qty > 9)', 't'],
    ['bool_or(qty > 40)', 'f'],
    ['stddev_samp(qty)', '10.1129979369486'],
    ['stddev_pop(qty::decimal(8,2))', '9.64236519799837'],
    ['round(var_samp(qty))', '102'],
    ['round(variance(qty))', '102'],
    ['var_pop(qty::float)', '92.9752066115702'],
    ['median(qty)', '20.0'],
    ['median(qty::decimal(8,2))', '20.00'],
    ['median(qty::float)', '20'],
    ['median(dateid)', '2004-02-12'],
    ['percentile_cont(0.5) within group (order by qty)', '20.0'],
    ['percentile_cont(0.7) within group (order by qty)', '20.0'],
    ['percentile_cont(0.25) within group (order by qty desc)', '25.0'],
    ['percentile_disc(0.75) within group (order by qty)', '30'],
    ['approximate percentile_disc(0.5) within group (order by qty)', '20'],
    ["listagg(sellerid, ', ') within group (order by sellerid)", '1, 1, 1, 2, 2, 3, 3, 3, 3, 4, 4'],
    ['listagg(sellerid) within group (order by sellerid)', '11122333344'],
    ["listagg(distinct sellerid, ',') within group (order by sellerid desc)", '4,3,2,1'],
    [
      "listagg(distinct dateid, ',') within group (order by sellerid desc, salesid)",
      '2004-01-09,2004-02-12,2003-08-02,2004-04-18,2004-09-07,2004-02-16,2003-12-24,2004-01-18',
    ],
    ["listagg(case when qty > 20 then '' else buyerid end, ',') within group (order by salesid)", 'c,c,b,c,b,b,b,a'],
    ['sum(null::int)', null],
    ['avg(null::int)', null],
    ['avg(null::decimal(4,2))', null],
    ["listagg(null::varchar, ',')", null],
  ])('%s', async (expression, expected) => {
    expect((await session.run(`SELECT ${expression} FROM ${winsales}`)).rows).toEqual([[expected]]);
  });

  it('over no rows', async () => {
    const { rows } = await session.run(
      `SELECT count(*), sum(qty), avg(qty), max(buyerid) FROM ${winsales} WHERE qty > 99`,
    );
    expect(rows).toEqual([['0', null, null, null]]);
  });

  it('exact averages of large decimals', async () => {
    const { rows } = await session.run(
      'SELECT avg(x) FROM (SELECT 12345678901234567890.12::decimal(38,2) AS x UNION ALL SELECT 12345678901234567890.15)',
    );
    expect(rows).toEqual([['12345678901234567890.13']]);
  });

  it('LISTAGG refuses a result over its limit', async () => {
    await expect(
      session.run("SELECT listagg(repeat('x', 40000)) FROM (SELECT 1 UNION ALL SELECT 2)"),
    ).rejects.toMatchObject({
      code: '54000',
      message: 'Result size exceeds LISTAGG limit',
    });
  });

  it('GROUPING tells a rolled-up row', async () => {
    const { rows } = await session.run(
      `SELECT sellerid, grouping(sellerid), sum(qty) FROM ${winsales} GROUP BY ROLLUP (sellerid) ORDER BY 1`,
    );
    expect(rows).toEqual([
      ['1', '0', '50'],
      ['2', '0', '40'],
      ['3', '0', '75'],
      ['4', '0', '50'],
      [null, '1', '215'],
    ]);
  });
});

describe('window functions', () => {
  const session = useSession();
  const column = async (expression: string, tail = 'ORDER BY salesid') => {
    const { rows } = await session.run(`SELECT salesid, ${expression} AS x FROM ${winsales} ${tail}`);
    return rows.map(([, value]) => value);
  };

  it.each([
    ['rank() over (order by qty)', ['1', '9', '1', '6', '6', '1', '5', '6', '9', '11', '1']],
    ['dense_rank() over (order by qty desc)', ['5', '2', '5', '3', '3', '5', '4', '3', '2', '1', '5']],
    [
      'row_number() over (partition by sellerid order by salesid)',
      ['1', '2', '3', '1', '2', '1', '2', '3', '4', '1', '2'],
    ],
    [
      'sum(qty) over (partition by sellerid order by salesid rows unbounded preceding)',
      ['10', '40', '50', '20', '40', '10', '25', '45', '75', '40', '50'],
    ],
    ['avg(qty) over (partition by sellerid)', ['16', '16', '16', '20', '20', '18', '18', '18', '18', '25', '25']],
    [
      'max(qty) over (order by salesid rows between 2 preceding and 1 preceding)',
      [null, '10', '30', '30', '20', '20', '20', '15', '20', '30', '40'],
    ],
    ['lag(qty, 1) over (order by salesid)', [null, '10', '30', '10', '20', '20', '10', '15', '20', '30', '40']],
    ['lead(qty, 2, 0) over (order by salesid)', ['10', '20', '20', '10', '15', '20', '30', '40', '10', '0', '0']],
    [
      'first_value(qty_shipped ignore nulls) over (order by salesid desc rows between unbounded preceding and unbounded following)',
      Array(11).fill('10'),
    ],
    [
      'nth_value(salesid, 3) over (partition by sellerid order by salesid rows between unbounded preceding and unbounded following)',
      ['10006', '10006', '10006', null, null, '30004', '30004', '30004', '30004', null, null],
    ],
    ['ntile(4) over (order by salesid)', ['1', '1', '1', '2', '2', '2', '3', '3', '3', '4', '4']],
    [
      'percent_rank() over (partition by sellerid order by qty)',
      ['0', '1', '0', '0', '0', '0', '0.333333333333333', '0.666666666666667', '1', '1', '0'],
    ],
    [
      'cume_dist() over (partition by sellerid order by qty)',
      ['0.666666666666667', '1', '0.666666666666667', '1', '1', '0.25', '0.5', '0.75', '1', '1', '0.5'],
    ],
    [
      'median(qty) over (partition by sellerid)',
      ['10.0', '10.0', '10.0', '20.0', '20.0', '17.5', '17.5', '17.5', '17.5', '25.0', '25.0'],
    ],
    [
      'percentile_cont(0.5) within group (order by qty) over (partition by sellerid)',
      ['10.0', '10.0', '10.0', '20.0', '20.0', '17.5', '17.5', '17.5', '17.5', '25.0', '25.0'],
    ],
    [
      'percentile_disc(0.5) within group (order by qty) over (partition by sellerid)',
      ['10', '10', '10', '20', '20', '15', '15', '15', '15', '10', '10'],
    ],
    [
      "listagg(salesid, ',') within group (order by salesid) over (partition by buyerid)",
      [
        '10001,10006,20002,30007',
        '10005,40001,40005',
        '10001,10006,20002,30007',
        '20001,30001,30003,30004',
        '10001,10006,20002,30007',
        '20001,30001,30003,30004',
        '20001,30001,30003,30004',
        '20001,30001,30003,30004',
        '10001,10006,20002,30007',
        '10005,40001,40005',
        '10005,40001,40005',
      ],
    ],
    [
      'ratio_to_report(qty) over (partition by sellerid)',
      [
        '0.20000000',
        '0.60000000',
        '0.20000000',
        '0.50000000',
        '0.50000000',
        '0.13333333',
        '0.20000000',
        '0.26666667',
        '0.40000000',
        '0.80000000',
        '0.20000000',
      ],
    ],
  ])('%s', async (expression, expected) => {
    expect(await column(expression)).toEqual(expected);
  });
});
