import type { DropObjectType, DropStatement } from '../ast/drop.js';
import type { RelationName } from '../ast/query.js';
import type { RoutineSignature } from '../ast/routine.js';
import { parseBehaviour } from './alter-table.js';
import { parseRelationName } from './names.js';
import { parseRoutineSignature } from './routine-parameters.js';
import type { TokenCursor } from './token-cursor.js';

interface DropForm {
  readonly words: readonly string[];
  readonly type: DropObjectType;
  /** Several names, separated by commas. */
  readonly many?: boolean;
  /** CASCADE or RESTRICT may follow. */
  readonly behaviour?: boolean;
  readonly force?: boolean;
  readonly signature?: boolean;
}

/** The DROP statements of the command list and what each takes. */
const forms: readonly DropForm[] = [
  { words: ['table'], type: 'table', many: true, behaviour: true },
  { words: ['view'], type: 'view', many: true, behaviour: true },
  { words: ['materialized', 'view'], type: 'materialized view', many: true, behaviour: true },
  { words: ['external', 'view'], type: 'external view' },
  { words: ['schema'], type: 'schema', many: true, behaviour: true },
  { words: ['database'], type: 'database', force: true },
  { words: ['user'], type: 'user', many: true },
  { words: ['group'], type: 'group' },
  { words: ['role'], type: 'role', behaviour: true, force: true },
  { words: ['function'], type: 'function', behaviour: true, signature: true },
  { words: ['procedure'], type: 'procedure', many: true, behaviour: true, signature: true },
  { words: ['library'], type: 'library' },
  { words: ['model'], type: 'model' },
  { words: ['datashare'], type: 'datashare' },
  { words: ['identity', 'provider'], type: 'identity provider', behaviour: true },
  { words: ['masking', 'policy'], type: 'masking policy' },
  { words: ['rls', 'policy'], type: 'rls policy', behaviour: true },
  { words: ['template'], type: 'template' },
];

/** "DROP …" of every kind of object. */
export function parseDrop(cursor: TokenCursor): DropStatement {
  const { start } = cursor;
  cursor.expect('drop');
  const form = forms.find(({ words: [first = ''] }) => cursor.at(first));
  if (!form) return cursor.fail();
  cursor.expect(...form.words);
  let ifExists = cursor.acceptWords('if', 'exists');
  const signatures: RoutineSignature[] = [];
  const names: RelationName[] = [];
  do {
    if (form.signature) {
      signatures.push(parseRoutineSignature(cursor));
    } else {
      names.push(parseRelationName(cursor));
    }
  } while (form.many && cursor.acceptPunctuation(','));
  if (form.type === 'external view') ifExists ||= cursor.acceptWords('if', 'exists');
  const dropExternalDatabase = form.type === 'schema' && cursor.acceptWords('drop', 'external', 'database');
  const force = form.force === true && cursor.accept('force');
  const cascade = form.behaviour === true && !force && parseBehaviour(cursor);
  return {
    kind: 'drop',
    start,
    end: cursor.end,
    objectType: form.type,
    names,
    ifExists,
    cascade,
    dropExternalDatabase,
    force,
    signatures,
  };
}
