import { AwsError, answerText } from '../aws-answer.js';
import type { Operation } from '../operation.js';
import { checked, type RequestRules, streamNameRule } from '../request-rules.js';
import { changeStream, requireActive } from '../stored-stream.js';

const shortestHours = 24;
/** A year. */
const longestHours = 8_760;

const rules: RequestRules = { RetentionPeriodHours: { type: 'Integer', notNull: true }, StreamName: streamNameRule };

/** AWS page "IncreaseStreamRetentionPeriod". */
export const increaseRetention: Operation = retention('IncreaseStreamRetentionPeriod', (hours, existing, stream) =>
  hours < existing
    ? `Requested retention period (${hours} hours) for stream ${stream} can not be shorter than existing retention period (${existing} hours). Use DecreaseRetentionPeriod API.`
    : undefined,
);

/** AWS page "DecreaseStreamRetentionPeriod": records older than that are gone at once. */
export const decreaseRetention: Operation = retention('DecreaseStreamRetentionPeriod', (hours, existing, stream) =>
  hours > existing
    ? `Requested retention period (${hours} hours) for stream ${stream} can not be longer than existing retention period (${existing} hours). Use IncreaseRetentionPeriod API.`
    : undefined,
);

/** @param objection what is wrong with the step from the existing period to the new one */
function retention(
  operation: string,
  objection: (hours: number, existing: number, stream: string) => string | undefined,
): Operation {
  return async ({ store }, { data }) => {
    const request = checked(operation, rules, data);
    const hours = Number(request.RetentionPeriodHours);
    if (hours < shortestHours)
      throw new AwsError(
        'InvalidArgumentException',
        `Minimum allowed retention period is ${shortestHours} hours. Requested retention period (${hours} hours) is too short.`,
      );
    if (hours > longestHours)
      throw new AwsError(
        'InvalidArgumentException',
        `Maximum allowed retention period is ${longestHours} hours. Requested retention period (${hours} hours) is too long.`,
      );
    await changeStream(store, String(request.StreamName), (stream) => {
      requireActive(store, stream);
      const wrong = objection(hours, stream.RetentionPeriodHours, stream.StreamName);
      if (wrong !== undefined) throw new AwsError('InvalidArgumentException', wrong);
      stream.RetentionPeriodHours = hours;
    });
    return answerText('');
  };
}
