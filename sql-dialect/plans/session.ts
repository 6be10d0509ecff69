import type { SetSessionAuthorization, SetStatement, SettingValue, ShowObjects } from '../ast/session.js';
import type { SetTransaction } from '../ast/transaction.js';
import type { Plan, SetPlan } from '../plan.js';
import type { Lowering } from './lowering.js';

export function lowerSet(node: SetStatement): SetPlan {
  return { kind: 'set', name: node.name, value: settingText(node), local: node.local };
}

/** A setting's value as one text. The elements of lists, and of search_path always, are quoted where they are no plain names. */
function settingText({ name, values }: SetStatement): string | undefined {
  const [first] = values;
  if (first === undefined) return undefined;
  if (values.length === 1 && name !== 'search_path') return first.text;
  return values.map(listElement).join(', ');
}

function listElement({ type, text }: SettingValue): string {
  const folded = type === 'word' ? text.toLowerCase() : text;
  if (type === 'number' || /^[a-z_][a-z0-9_]*$/.test(folded)) return folded;
  return `"${folded.replaceAll('"', '""')}"`;
}

export function lowerAuthorization(node: SetSessionAuthorization): SetPlan {
  return { kind: 'set', name: 'session_authorization', value: node.user, local: node.local };
}

/** Isolation levels are accepted and do not change what a transaction sees ("BEGIN"); READ ONLY outweighs a level when both are given. */
export function lowerSetTransaction(node: SetTransaction): SetPlan {
  const { isolation, readOnly } = node.modes;
  const prefix = node.session ? 'default_' : '';
  const local = !node.session;
  if (readOnly === undefined) return { kind: 'set', name: `${prefix}transaction_isolation`, value: isolation, local };
  return { kind: 'set', name: `${prefix}transaction_read_only`, value: readOnly ? 'on' : 'off', local };
}

/** What SHOW can show of what duckshift has. */
const shown: ReadonlySet<string> = new Set(['columns', 'databases', 'schemas', 'table', 'tables', 'view']);

export function lowerShowObjects(lowering: Lowering, node: ShowObjects): Plan {
  const { what, like, limit, options } = node;
  if (!shown.has(what) || Object.keys(options).length > 0) {
    return lowering.unsupported(`SHOW ${what.toUpperCase()}`);
  }
  return { kind: 'show_objects', what, scope: node.scope ? lowering.parts(node.scope) : [], like, limit };
}
