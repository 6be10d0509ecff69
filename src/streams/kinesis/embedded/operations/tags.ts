import type { Store, StoredStream } from 'kinesalite/db/index.js';
import addTagsRules from 'kinesalite/validations/addTagsToStream.js';
import removeTagsRules from 'kinesalite/validations/removeTagsFromStream.js';
import { AwsError, answer, answerText, isObject } from '../aws-answer.js';
import type { Operation } from '../operation.js';
import { checked, type FieldRule, type RequestRules, streamNameRule } from '../request-rules.js';
import { changeStream, requireStream } from '../stored-stream.js';

/** Tags of one stream. */
const largestCount = 50;

export const tagsRule: FieldRule = {
  type: 'Map',
  lengthGreaterThanOrEqual: 1,
  lengthLessThanOrEqual: 200,
  childKeyLengths: [1, 128],
  childValueLengths: [0, 256],
  children: 'String',
};

const tagKeysRule: FieldRule = {
  type: 'List',
  notNull: true,
  lengthGreaterThanOrEqual: 1,
  lengthLessThanOrEqual: 50,
  children: { type: 'String', lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 128 },
};

const listRules: RequestRules = {
  StreamName: streamNameRule,
  Limit: { type: 'Integer', greaterThanOrEqual: 1, lessThanOrEqual: 50 },
  ExclusiveStartTagKey: { type: 'String', lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 128 },
};

/** AWS page "AddTagsToStream". */
export const addTagsToStream: Operation = adding('AddTagsToStream', addTagsRules.types);
/** AWS page "TagResource", for streams. */
export const tagResource: Operation = adding('TagResource', {
  StreamName: streamNameRule,
  Tags: { ...tagsRule, notNull: true },
});

function adding(operation: string, rules: RequestRules): Operation {
  return async ({ store }, { data }) => {
    const request = checked(operation, rules, data);
    const tags = isObject(request.Tags) ? request.Tags : {};
    await changeStream(store, String(request.StreamName), (stream) => {
      checkTags(store, stream.StreamName, tags, Object.keys(stream._tags));
      for (const [key, value] of Object.entries(tags)) stream._tags[key] = String(value);
    });
    return answerText('');
  };
}

/** AWS page "RemoveTagsFromStream". */
export const removeTagsFromStream: Operation = removing('RemoveTagsFromStream', removeTagsRules.types);
/** AWS page "UntagResource", for streams. */
export const untagResource: Operation = removing('UntagResource', { StreamName: streamNameRule, TagKeys: tagKeysRule });

function removing(operation: string, rules: RequestRules): Operation {
  return async ({ store }, { data }) => {
    const request = checked(operation, rules, data);
    const keys = Array.isArray(request.TagKeys) ? request.TagKeys.map(String) : [];
    requireCharacters(keys);
    await changeStream(store, String(request.StreamName), (stream) => {
      for (const key of keys) delete stream._tags[key];
    });
    return answerText('');
  };
}

/** AWS page "ListTagsForStream". */
export const listTagsForStream: Operation = async ({ store }, { data }) => {
  const request = checked('ListTagsForStream', listRules, data);
  const { Limit: limit = largestCount, ExclusiveStartTagKey: after } = request;
  const tags = sortedTags(await requireStream(store, String(request.StreamName))).filter(
    ({ Key }) => typeof after !== 'string' || Key > after,
  );
  const page = tags.slice(0, Number(limit));
  return answer({ Tags: page, HasMoreTags: page.length < tags.length });
};

/** AWS page "ListTagsForResource", for streams. */
export const listTagsForResource: Operation = async ({ store }, { data }) => {
  const request = checked('ListTagsForResource', { StreamName: streamNameRule }, data);
  return answer({ Tags: sortedTags(await requireStream(store, String(request.StreamName))) });
};

function sortedTags({ _tags: tags }: StoredStream): { Key: string; Value: string }[] {
  const byKey = Object.entries(tags).sort(([one], [other]) => (one < other ? -1 : 1));
  return byKey.map(([Key, Value]) => ({ Key, Value }));
}

/** Tags that a stream may get. @throws AwsError InvalidArgumentException */
export function checkTags(
  store: Store,
  stream: string,
  tags: Readonly<Record<string, unknown>>,
  existing: readonly string[],
): void {
  requireCharacters(Object.entries(tags).flatMap(([key, value]) => [key, String(value)]));
  if (new Set([...existing, ...Object.keys(tags)]).size > largestCount)
    throw new AwsError(
      'InvalidArgumentException',
      `Failed to add tags to stream ${stream} under account ${store.metaDb.awsAccountId} because a given stream cannot have more than ${largestCount} tags associated with it.`,
    );
}

/** AWS page "Tag your resources": characters of keys and values. */
function requireCharacters(texts: readonly string[]): void {
  if (texts.some((text) => !/^[\p{L}\p{N}\p{Z}_.:/=+\-%@]*$/u.test(text)))
    throw new AwsError(
      'InvalidArgumentException',
      'Some tags contain invalid characters. Valid characters: Unicode letters, digits, white space, _ . : / = + - % @.',
    );
}
