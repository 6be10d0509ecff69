import { type UserFunction, userFunction } from './definition.js';

/** What functions may ask of the server around the engine. */
export interface ServerControl {
  /** Interrupt what session `processId` runs. False when no such session exists. */
  cancelBackend(processId: number): boolean;
  /** End session `processId`. False when no such session exists. */
  terminateBackend(processId: number): boolean;
}

/** "PG_CANCEL_BACKEND", "PG_TERMINATE_BACKEND". */
export function serverFunctions(control: ServerControl): readonly UserFunction[] {
  return [
    userFunction('duckshift_cancel_backend', ['int4'], 'bool', (processId) => control.cancelBackend(processId), {
      volatile: true,
    }),
    userFunction('duckshift_terminate_backend', ['int4'], 'bool', (processId) => control.terminateBackend(processId), {
      volatile: true,
    }),
  ];
}
