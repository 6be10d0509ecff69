import { hidden } from '../physical.js';
import { streamScanErrors } from '../refresh-records.js';
import { char, int4, int8, timestamp } from './column-types.js';
import type { SystemView } from './system-view.js';

export const sysStreamScanErrors: SystemView = {
  schema: 'pg_catalog',
  name: 'sys_stream_scan_errors',
  page: 'SYS_STREAM_SCAN_ERRORS',
  columns: [
    ['external_schema_name', char(128), 'external_schema_name'],
    ['stream_name', char(255), 'stream_name'],
    ['mv_name', char(128), 'mv_name'],
    ['transaction_id', int8, 'transaction_id'],
    ['query_id', int8, 'query_id'],
    ['stream_timestamp_type', char(1), 'stream_timestamp_type'],
    ['stream_timestamp', timestamp, 'stream_timestamp'],
    ['record_time', timestamp, 'record_time'],
    ['partition_id', char(128), 'partition_id'],
    ['position', char(128), 'position'],
    ['error_code', int4, 'error_code'],
    ['error_reason', char(128), 'error_reason'],
  ],
  from: [({ database }) => `FROM ${hidden(database, streamScanErrors.name)}`],
};
