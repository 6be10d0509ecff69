import { describeCalls } from './calls.js';

describeCalls('the session', [
  ['current_user = user', 't'],
  ['current_user', 'awsuser'],
  ['session_user', 'awsuser'],
  ['current_user_id', '100'],
  ['current_schema()', 'public'],
  ['pg_backend_pid()', '0'],
  ['pg_last_query_id()', '-1'],
  ['pg_last_copy_count()', '0'],
  ["version() like 'PostgreSQL 8.0.2 %Redshift 1.0.%'", 't'],
  ["has_table_privilege('sales', 'select')", { code: '42P01' }],
  ["has_schema_privilege('public', 'fly')", { code: '22023' }],
  ["has_schema_privilege('awsuser', 'public', 'create')", 't'],
  ["has_schema_privilege('guest', 'public', 'create')", { code: '42704' }],
  ["current_setting('no_such_setting')", { code: '42704' }],
  ['pg_terminate_backend(1)', 'f'],
  ['format_type(1043, 260)', 'character varying(256)'],
  ['format_type(1700, 524294)', 'numeric(8,2)'],
  ['format_type(23, -1)', 'integer'],
]);

describeCalls('refused by name', [
  ['st_area(1)', { code: '0A000', message: /spatial/ }],
  ['h3_isvalid(1)', { code: '0A000' }],
  ["checksum('a')", { code: '0A000' }],
  ['no_such_function(1)', { code: '42883' }],
]);
