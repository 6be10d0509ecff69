import type { Notice } from './contract.js';

/** Severities in the order of `client_min_messages`; INFO is always sent. */
const severities = ['debug5', 'debug4', 'debug3', 'debug2', 'debug1', 'log', 'info', 'notice', 'warning', 'error'];

/** Whether a client with this `client_min_messages` gets the notice. */
export function isWanted({ severity }: Notice, leastSeverity: string): boolean {
  return severity === 'INFO' || severities.indexOf(severity.toLowerCase()) >= severities.indexOf(leastSeverity);
}
