import type { CopyJobStatement, CopyStatement, UnloadStatement } from './copy-unload.js';
import type {
  CloseCursor,
  Deallocate,
  DeclareCursor,
  ExecutePrepared,
  FetchCursor,
  MoveCursor,
  Prepare,
} from './cursor.js';
import type { AlterDatabase, CreateDatabase } from './database.js';
import type { DeleteStatement, InsertStatement, MergeStatement, SelectStatement, UpdateStatement } from './dml.js';
import type { DropStatement } from './drop.js';
import type { AlterExternalSchema, CreateExternalSchema, CreateExternalTable } from './external.js';
import type { AlterDefaultPrivileges, GrantStatement, RevokeStatement } from './grant.js';
import type {
  AnalyzeCompression,
  AnalyzeStatement,
  CancelStatement,
  CommentStatement,
  ExplainStatement,
  LockStatement,
  TruncateStatement,
  VacuumStatement,
} from './maintenance.js';
import type { ManagedObjectStatement } from './managed-object.js';
import type { AlterGroup, AlterRole, AlterUser, CreateGroup, CreateRole, CreateUser } from './principal.js';
import type { AlterRoutine, CallStatement, CreateExternalFunction, CreateLibrary, CreateRoutine } from './routine.js';
import type { AlterSchema, CreateSchema } from './schema.js';
import type {
  ResetStatement,
  SetSessionAuthorization,
  SetStatement,
  ShowObjects,
  ShowStatement,
  UseStatement,
} from './session.js';
import type { AlterTable, AlterTableAppend, CreateTable, CreateTableAs } from './table.js';
import type { BeginStatement, CommitStatement, RollbackStatement, SetTransaction } from './transaction.js';
import type {
  AlterMaterializedView,
  CreateExternalView,
  CreateMaterializedView,
  CreateView,
  RefreshMaterializedView,
} from './view.js';

/** Every statement of the SQL command list of the Amazon Redshift developer guide, distinguished by `kind`. */
export type Statement =
  | SelectStatement
  | InsertStatement
  | UpdateStatement
  | DeleteStatement
  | MergeStatement
  | CreateTable
  | CreateTableAs
  | AlterTable
  | AlterTableAppend
  | CreateView
  | CreateExternalView
  | CreateMaterializedView
  | RefreshMaterializedView
  | AlterMaterializedView
  | CreateExternalSchema
  | AlterExternalSchema
  | CreateExternalTable
  | CreateSchema
  | AlterSchema
  | CreateDatabase
  | AlterDatabase
  | DropStatement
  | TruncateStatement
  | BeginStatement
  | CommitStatement
  | RollbackStatement
  | SetTransaction
  | SetStatement
  | SetSessionAuthorization
  | ResetStatement
  | ShowStatement
  | ShowObjects
  | UseStatement
  | ExplainStatement
  | AnalyzeStatement
  | AnalyzeCompression
  | VacuumStatement
  | LockStatement
  | CommentStatement
  | CancelStatement
  | Prepare
  | ExecutePrepared
  | Deallocate
  | DeclareCursor
  | FetchCursor
  | MoveCursor
  | CloseCursor
  | CopyStatement
  | CopyJobStatement
  | UnloadStatement
  | GrantStatement
  | RevokeStatement
  | AlterDefaultPrivileges
  | CreateUser
  | AlterUser
  | CreateGroup
  | AlterGroup
  | CreateRole
  | AlterRole
  | CreateRoutine
  | AlterRoutine
  | CreateExternalFunction
  | CreateLibrary
  | CallStatement
  | ManagedObjectStatement;
