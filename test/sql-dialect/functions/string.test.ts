import { describeCalls } from './calls.js';

describeCalls('lengths', [
  ["len('Cote d''Azur')", '11'],
  ["length('français')", '8'],
  ["octet_length('français')", '9'],
  ["char_length('a ')", '2'],
  ["len('ab'::char(5))", '2'],
  ["len('abc'::varbyte)", '3'],
  ["octet_length('é'::varbyte)", '2'],
  ["textlen('')", '0'],
  ['len(null)', null],
]);

describeCalls('parts of a string', [
  ["substring('caterpillar', 6, 4)", 'pill'],
  ["substring('caterpillar', 6, 8)", 'pillar'],
  ["substring('caterpillar', -2, 6)", 'cat'],
  ["substring('caterpillar', -5, 4)", ''],
  ["substring('caterpillar', 0, 4)", 'cat'],
  ["substring('caterpillar', 6)", 'pillar'],
  ["substring('caterpillar' from 6 for 4)", 'pill'],
  ["substring('caterpillar', length('abc') - 5, 6)", 'cat'],
  ["substr('caterpillar', 1, 3)", 'cat'],
  ["substring('日本語', 2, 1)", '本'],
  ["substring('abc'::varbyte, 3)", '63'],
  ["substring('abc'::varbyte, -3)", '616263'],
  ["substring('abcdef'::varbyte, 2, 3)", '626364'],
  ["left('Chicago', 5)", 'Chica'],
  ["right('Chicago', 5)", 'icago'],
  ["left('Chicago', -1)", ''],
  ["split_part('abc$def$ghi', '$', 2)", 'def'],
  ["split_part('abc$def$ghi', '$', 4)", ''],
  ["split_part('abc$def$ghi', '#', 1)", 'abc$def$ghi'],
  ["split_part('abc', '', 1)", 'abc'],
]);

describeCalls('trimming and padding', [
  ["btrim('     abc    ')", 'abc'],
  ["btrim('xyzaxyzbxyzcxyz', 'xyz')", 'axyzbxyzc'],
  ["trim('    dog    ')", 'dog'],
  ["trim(both 'CDG' from 'CDGxDG')", 'x'],
  ["trim('\"' from '\"dog\"')", 'dog'],
  ["trim(leading 'x' from 'xxdogx')", 'dogx'],
  ["trim(trailing from 'dog  ')", 'dog'],
  ["ltrim('2008-03-05', '2008-')", '3-05'],
  ["rtrim('abcxyz', 'xyz')", 'abc'],
  ["btrim('\ta\t')", '\ta\t'],
  ["lpad('Salome', 10)", '    Salome'],
  ["lpad('Il Trovatore', 5)", 'Il Tr'],
  ["rpad('abc', 6, 'xy')", 'abcxyx'],
  ["lpad('abc', 6, '')", 'abc'],
  ["lpad('abc', -1)", ''],
]);

describeCalls('searching', [
  ["charindex('fish', 'dogfish')", '4'],
  ["charindex('dog', 'fish')", '0'],
  ["strpos('dogfish', 'fish')", '4'],
  ["position('fish' in 'dogfish')", '4'],
  ["position('dog' in 'fish')", '0'],
  ["octetindex('q', 'Άμαζον Amazon Redshift')", '0'],
  ["octetindex('Redshift', 'Άμαζον Amazon Redshift')", '21'],
]);

describeCalls('changing', [
  ["upper('Classical')", 'CLASSICAL'],
  ["lower('Classical')", 'classical'],
  ["initcap('nibh.enim@egestas.ca')", 'Nibh.Enim@Egestas.Ca'],
  ["initcap('sodales@blanditviverraDonec.ca')", 'Sodales@Blanditviverradonec.Ca'],
  ["initcap('MLB 1st')", 'Mlb 1st'],
  ["replace('Shows', 'Shows', 'Theatre')", 'Theatre'],
  ["replace('abc', '', 'x')", 'abc'],
  ["translate('mint tea', 'inea', 'osin')", 'most tin'],
  ["translate('Sainte. Albans', ' .', '_')", 'Sainte_Albans'],
  ["repeat('abc', 2)", 'abcabc'],
  ['repeat(10, 3)', '101010'],
  ["replicate('a', 3)", 'aaa'],
  ["reverse('abc')", 'cba'],
  ["concat('December 25, ', '2008')", 'December 25, 2008'],
  ["concat('a', null)", null],
  ["concat('abc'::varbyte, 'def'::varbyte)", '616263646566'],
  ['chr(65)', 'A'],
  ["ascii('amazon')", '97'],
  ["ascii('é')", '233'],
  ["quote_ident('MLB')", '"MLB"'],
  ["quote_ident('plain_1')", 'plain_1'],
  ["quote_ident('a\"b')", '"a""b"'],
  ["quote_literal('a''b')", "'a''b'"],
]);

describeCalls('comparing', [
  ["bpcharcmp('Chase', 'Chase   ')", '0'],
  ["bpcharcmp('a', 'b')", '-1'],
  ["bttext_pattern_cmp('b', 'a')", '1'],
  ["soundex('Amazon')", 'A525'],
  ["soundex('Pfister')", 'P236'],
  ["soundex('Tymczak')", 'T522'],
  ["soundex('+-*/%')", ''],
  ["difference('Amazon', 'Amazon')", '4'],
  ["difference('Amazon', '+-*/%')", '0'],
  ["difference('AC/DC', 'Ay See Dee See')", '4'],
  ["crc32('Amazon Redshift')", 'f2726906'],
]);

describeCalls('STRTOL', [
  ["strtol('0xf', 16)", '15'],
  ["strtol('abcd1234', 16)", '2882343476'],
  ["strtol('1234567', 10)", '1234567'],
  ["strtol('1234567', 8)", '342391'],
  ["strtol('110101', 2)", '53'],
  ["strtol('-7f', 16)", '-127'],
  ["strtol('z', 10)", { code: '22P02' }],
  ["strtol('', 16)", { code: '22P02' }],
  ["strtol('1', 1)", { code: '22023' }],
]);

describeCalls('refused', [
  ["split_part('a', ',', 0)", { code: '22023' }],
  ["concat('a', 'b', 'c')", { code: '42883' }],
]);
