import { readableSources } from './registry.js';

/** What the words of CREATE EXTERNAL SCHEMA's FROM clause that are no readable streams are called in messages. */
const titles: ReadonlyMap<string, string> = new Map([
  ['kafka', 'Kafka topics'],
  ['msk', 'Amazon MSK topics'],
  ['data catalog', 'external tables of the data catalog'],
  ['hive metastore', 'external tables of a Hive metastore'],
  ['postgres', 'federated queries to PostgreSQL'],
  ['mysql', 'federated queries to MySQL'],
  ['redshift', 'external schemas over another Redshift database'],
]);

/** The words of the refusal (0A000) to read `relation` of an external schema whose source is not in the registry. */
export function unreadableSource(
  kind: string,
  relation: { readonly schema: string; readonly name: string },
): { readonly message: string; readonly hint: string } {
  const readable = readableSources.map((source) => source.toUpperCase()).join(', ');
  return {
    message: `${titles.get(kind) ?? kind} are not supported (relation "${relation.schema}.${relation.name}")`,
    hint: `External schema "${relation.schema}" is FROM ${kind.toUpperCase()}. Streams are read FROM ${readable} only.`,
  };
}
