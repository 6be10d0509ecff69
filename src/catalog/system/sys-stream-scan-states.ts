import { hidden } from '../physical.js';
import { streamScanStates } from '../refresh-records.js';
import { char, int8, timestamp } from './column-types.js';
import type { SystemView } from './system-view.js';

export const sysStreamScanStates: SystemView = {
  schema: 'pg_catalog',
  name: 'sys_stream_scan_states',
  page: 'SYS_STREAM_SCAN_STATES',
  columns: [
    ['external_schema_name', char(128), 'external_schema_name'],
    ['stream_name', char(255), 'stream_name'],
    ['mv_name', char(128), 'mv_name'],
    ['transaction_id', int8, 'transaction_id'],
    ['query_id', int8, 'query_id'],
    ['record_time', timestamp, 'record_time'],
    ['partition_id', char(128), 'partition_id'],
    ['latest_position', char(128), 'latest_position'],
    ['scanned_rows', int8, 'scanned_rows'],
    ['skipped_rows', int8, 'skipped_rows'],
    ['scanned_bytes', int8, 'scanned_bytes'],
    ['stream_record_time_min', timestamp, 'stream_record_time_min'],
    ['stream_record_time_max', timestamp, 'stream_record_time_max'],
  ],
  from: [({ database }) => `FROM ${hidden(database, streamScanStates.name)}`],
};
