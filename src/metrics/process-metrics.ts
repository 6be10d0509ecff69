import { type MetricFamily, single } from './family.js';

/** What the process itself uses, under the names that Prometheus's own libraries give. */
export function processFamilies(): readonly MetricFamily[] {
  const memory = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const started = Date.now() / 1000 - process.uptime();
  return [
    single('process_resident_memory_bytes', 'gauge', 'Resident memory.', memory.rss),
    single('nodejs_heap_size_used_bytes', 'gauge', 'JavaScript heap in use.', memory.heapUsed),
    single('nodejs_external_memory_bytes', 'gauge', 'Memory of buffers outside the heap.', memory.external),
    single('process_cpu_seconds_total', 'counter', 'CPU time, user and system.', (user + system) / 1e6),
    single('process_start_time_seconds', 'gauge', 'Start of the process, seconds since the epoch.', started),
  ];
}
