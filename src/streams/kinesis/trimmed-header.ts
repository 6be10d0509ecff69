/**
 * Header of an answer of GetRecords: sequence number of the shard's newest record that lay behind the iterator and was
 * removed when its retention period was over. AWS does not tell; duckshift's reader says with it which of a view's
 * records are lost.
 */
export const trimmedHeader = 'x-duckshift-trimmed-through';
