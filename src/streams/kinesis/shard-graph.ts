/** A shard as ListShards describes it. */
export interface ShardNode {
  readonly shardId: string;
  /** None for a shard the stream was created with, one after a split, two after a merge. */
  readonly parents: readonly string[];
  /** Split or merged: it gets no more records. */
  readonly closed: boolean;
}

/**
 * The lineage of a stream's shards (AWS page "Resharding a stream"). A child is read only when each of its parents that
 * still exists was read to its end, or records of one key would come out of order.
 */
export class ShardGraph {
  readonly #nodes = new Map<string, ShardNode>();
  readonly #started = new Set<string>();
  readonly #ended = new Set<string>();

  /** @param ended shards that were read to their end before */
  constructor(ended: Iterable<string>) {
    for (const shardId of ended) this.#ended.add(shardId);
  }

  /** Add what a listing or the end of a shard reported. A shard seen before may have closed since. */
  add(nodes: readonly ShardNode[]): void {
    for (const node of nodes) {
      const known = this.#nodes.get(node.shardId);
      this.#nodes.set(node.shardId, known === undefined ? node : { ...known, closed: known.closed || node.closed });
    }
  }

  /**
   * The shards that may be read now and were not started yet, in the order of their ids. Parents that are no longer
   * listed were trimmed: they count as read.
   */
  startable(): ShardNode[] {
    return [...this.#nodes.values()]
      .filter(({ shardId }) => !this.#started.has(shardId) && !this.#ended.has(shardId))
      .filter(({ parents }) => parents.every((parent) => this.#ended.has(parent) || !this.#nodes.has(parent)))
      .sort((left, right) => (left.shardId < right.shardId ? -1 : 1));
  }

  start(shardId: string): void {
    this.#started.add(shardId);
  }

  /** The shard was read to its end. */
  end(shardId: string): void {
    this.#ended.add(shardId);
  }

  /** Whether the shard is known. */
  has(shardId: string): boolean {
    return this.#nodes.has(shardId) || this.#ended.has(shardId);
  }

  hasChildren(shardId: string): boolean {
    return [...this.#nodes.values()].some(({ parents }) => parents.includes(shardId));
  }
}
