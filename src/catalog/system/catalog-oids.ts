import { relationRows } from './sources.js';
import type { SystemViewScope } from './system-view.js';

/** The oid of a catalog itself, such as PG_CLASS: what `classid` and `classoid` refer to. */
export function catalogOid(scope: SystemViewScope, catalog: string): string {
  return `(SELECT min(c.oid) FROM (${relationRows(scope)}) AS c WHERE c.is_system AND c.name = '${catalog}')`;
}
