import type { AlterUser, CreateUser } from '../ast/principal.js';
import type { UserPlan } from '../plan.js';
import type { Lowering } from './lowering.js';

/** "CREATE USER", "ALTER USER". */
export function lowerUser(lowering: Lowering, node: CreateUser | AlterUser): UserPlan {
  const { password, ...options } = node.options;
  const given = typeof password === 'string' ? () => password : password === undefined ? undefined : 'disable';
  return { kind: node.kind, name: lowering.name(node.name), options, password: given };
}
