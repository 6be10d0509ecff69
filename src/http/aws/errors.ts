/**
 * The one table of error types that AWS calls answer with, and their HTTP statuses (Amazon Redshift Data API Reference,
 * "Common Errors" and the errors of each action; Amazon Redshift API Reference, the same).
 */
export const errorStatuses = {
  // The call itself.
  AccessDeniedException: 403,
  IncompleteSignatureException: 403,
  InvalidSignatureException: 403,
  MissingAuthenticationTokenException: 403,
  UnrecognizedClientException: 403,
  RequestEntityTooLargeException: 413,
  SerializationException: 400,
  UnknownOperationException: 400,
  // The Data API.
  ActiveSessionsExceededException: 400,
  ActiveStatementsExceededException: 400,
  ActiveWaitingRequestsExceededException: 400,
  BatchExecuteStatementException: 500,
  DatabaseConnectionException: 500,
  ExecuteStatementException: 500,
  InternalServerException: 500,
  QueryTimeoutException: 400,
  ResourceNotFoundException: 400,
  ValidationException: 400,
  // Calls of the query protocol.
  InvalidAction: 400,
  InvalidParameterValue: 400,
  MissingParameter: 400,
} as const satisfies Readonly<Record<string, number>>;

export type AwsErrorType = keyof typeof errorStatuses;

/** A call that is refused. The answer has `members` next to the message: `ResourceId`, `StatementId`. */
export class AwsError extends Error {
  override readonly name = 'AwsError';

  constructor(
    readonly type: AwsErrorType,
    message: string,
    readonly members: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }

  get status(): number {
    return errorStatuses[this.type];
  }
}

/** The caller's input is at fault. */
export function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
