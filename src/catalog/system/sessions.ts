/** The open sessions as JSON text; each session sets the variable on its own connection before a statement reads it. */
export const sessionListVariable = { name: 'duckshift_sessions', type: 'VARCHAR' } as const;
