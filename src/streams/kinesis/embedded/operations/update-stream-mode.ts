import { answerText, isObject } from '../aws-answer.js';
import type { Operation } from '../operation.js';
import { checked, type RequestRules, streamNameRule } from '../request-rules.js';
import { requireActive } from '../stored-stream.js';
import { updateStream } from '../stream-update.js';
import { streamModeRule } from './create-stream.js';

const rules: RequestRules = { StreamName: streamNameRule, StreamModeDetails: { ...streamModeRule, notNull: true } };

/** AWS page "UpdateStreamMode": the shards stay as they are. */
export const updateStreamMode: Operation = async (gateway, { data }) => {
  const { store, throttle } = gateway;
  const request = checked('UpdateStreamMode', rules, data);
  const name = String(request.StreamName);
  const details = request.StreamModeDetails;
  const mode = isObject(details) && details.StreamMode === 'ON_DEMAND' ? 'ON_DEMAND' : 'PROVISIONED';
  await updateStream(
    gateway,
    name,
    (stream) => {
      requireActive(store, stream);
      throttle?.switchMode(name, gateway.now());
    },
    (stream) => {
      stream.StreamModeDetails = { StreamMode: mode };
    },
  );
  return answerText('');
};
