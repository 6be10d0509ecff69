import type { SetSessionAuthorization, SetStatement, SettingValue, ShowObjects } from '../ast/session.js';
import type { SetTransaction } from '../ast/transaction.js';
import type { Plan, SetPlan, ShowObjectsPlan } from '../plan.js';
import type { Lowering } from './lowering.js';

export function lowerSet(lowering: Lowering, node: SetStatement): Plan {
  const value = settingText(node);
  if (node.name === authorization) return lowerUserChange(lowering, value, node.local);
  return { kind: 'set', name: node.name, value, local: node.local };
}

/**
 * A setting's value as one text. The elements of lists, and of search_path always, are quoted where they are not plain
 * names.
 */
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

const authorization = 'session_authorization';

export function lowerAuthorization(lowering: Lowering, node: SetSessionAuthorization): Plan {
  return lowerUserChange(lowering, node.user, node.local);
}

/** A session keeps its user: DEFAULT and the user's own name change nothing. */
function lowerUserChange(lowering: Lowering, user: string | undefined, local: boolean): Plan {
  if (user !== undefined && user !== lowering.context.currentUser)
    return lowering.unsupported('SET SESSION AUTHORIZATION', undefined, 'Connect as the other user.');
  return { kind: 'set', name: authorization, value: undefined, local };
}

/**
 * Isolation levels are accepted and do not change what a transaction sees ("BEGIN"); READ ONLY outweighs a level when
 * both are given.
 */
export function lowerSetTransaction(node: SetTransaction): SetPlan {
  const { isolation, readOnly } = node.modes;
  const prefix = node.session ? 'default_' : '';
  const local = !node.session;
  if (readOnly === undefined) return { kind: 'set', name: `${prefix}transaction_isolation`, value: isolation, local };
  return { kind: 'set', name: `${prefix}transaction_read_only`, value: readOnly ? 'on' : 'off', local };
}

/** What SHOW can show of what duckshift has. */
const shown: { readonly [W in ShowObjectsPlan['what']]: W } = {
  columns: 'columns',
  databases: 'databases',
  schemas: 'schemas',
  table: 'table',
  tables: 'tables',
  view: 'view',
};
const showable: ReadonlyMap<string, ShowObjectsPlan['what']> = new Map(Object.entries(shown));

export function lowerShowObjects(lowering: Lowering, node: ShowObjects): Plan {
  const { like, limit, options } = node;
  const what = showable.get(node.what);
  if (what === undefined || Object.keys(options).length > 0)
    return lowering.unsupported(`SHOW ${node.what.toUpperCase()}`);
  return { kind: 'show_objects', what, scope: node.scope ? lowering.parts(node.scope) : [], like, limit };
}
