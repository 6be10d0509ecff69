import { describeCalls } from './calls.js';

describeCalls('conditional expressions', [
  ['coalesce(null, 12, null)', '12'],
  ["coalesce(null, 'Amazon Redshift', null)", 'Amazon Redshift'],
  ['nvl(null, 1)', '1'],
  ["nvl2('x', 'yes', 'no')", 'yes'],
  ["nvl2(null, 'yes', 'no')", 'no'],
  ['nullif(1, 1)', null],
  ["nullif('a', '')", 'a'],
  ['greatest(1, null, 3)', '3'],
  ["least('Lars', 'Ratliff')", 'Lars'],
  ["decode(1, 1, 'one', 2, 'two', 'many')", 'one'],
  ["decode(3, 1, 'one', 2, 'two', 'many')", 'many'],
  ["decode(3, 1, 'one', 2, 'two')", null],
  ["decode(null, null, 'nothing', 'something')", 'nothing'],
  ['coalesce(null, 1.5, 2)', '1.5'],
]);
