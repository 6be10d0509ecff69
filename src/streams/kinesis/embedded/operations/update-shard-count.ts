import { AwsError, answer } from '../aws-answer.js';
import type { Operation } from '../operation.js';
import { checked, type RequestRules, streamNameRule } from '../request-rules.js';
import { isOpen, scaleUniformly } from '../shard-map.js';
import { requireActive, requireProvisioned } from '../stored-stream.js';
import { updateStream } from '../stream-update.js';
import { requireShards } from './create-stream.js';

/** Shards of one stream. */
const largestCount = 10_000;

const rules: RequestRules = {
  StreamName: streamNameRule,
  TargetShardCount: { type: 'Integer', notNull: true, greaterThanOrEqual: 1 },
  ScalingType: { type: 'String', notNull: true, enum: ['UNIFORM_SCALING'] },
};

/** AWS page "UpdateShardCount": splits and merges until the stream has that many shards of equal size. */
export const updateShardCount: Operation = async (gateway, { data }) => {
  const { store, throttle } = gateway;
  const request = checked('UpdateShardCount', rules, data);
  const name = String(request.StreamName);
  const target = Number(request.TargetShardCount);
  const current = await updateStream(
    gateway,
    name,
    async (stream) => {
      requireProvisioned(store, stream, 'UpdateShardCount');
      requireActive(store, stream);
      const open = stream.Shards.filter(isOpen).length;
      checkTarget(open, target);
      await requireShards(store, target - open);
      throttle?.scale(name, gateway.now());
      return { open, arn: stream.StreamARN };
    },
    (stream) => scaleUniformly(stream, target, gateway.now()),
  );
  return answer({
    StreamName: name,
    StreamARN: current.arn,
    CurrentShardCount: current.open,
    TargetShardCount: target,
  });
};

function checkTarget(open: number, target: number): void {
  const counts = `Current open shard count: ${open}, Target shard count: ${target}`;
  if (target > largestCount)
    throw new AwsError(
      'LimitExceededException',
      `Target shard count or number of open shards cannot be greater than ${largestCount}. ${counts}`,
    );
  if (target > open * 2)
    throw new AwsError(
      'LimitExceededException',
      `UpdateShardCount cannot scale up over double your current open shard count. ${counts}`,
    );
  if (target < open / 2)
    throw new AwsError(
      'LimitExceededException',
      `UpdateShardCount cannot scale down below half your current open shard count. ${counts}`,
    );
}
