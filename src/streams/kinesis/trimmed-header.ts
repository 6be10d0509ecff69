/**
 * Header of an answer of GetRecords: sequence number of the shard's newest record that was past the iterator and was
 * removed after its retention period. AWS does not send it; duckshift's reader uses it to report which records a view
 * has lost.
 */
export const trimmedHeader = 'x-duckshift-trimmed-through';
