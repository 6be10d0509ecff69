import { stlMvState } from './stl-mv-state.js';
import { stvMvDeps } from './stv-mv-deps.js';
import { svvMvDependency } from './svv-mv-dependency.js';
import { sysMvState } from './sys-mv-state.js';
import type { SystemView } from './system-view.js';

/** What materialized views depend on, and what happened to that. */
export const dependencyViews: readonly SystemView[] = [stlMvState, stvMvDeps, svvMvDependency, sysMvState];
