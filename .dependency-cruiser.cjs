// The rules of docs/architecture.md about who may import whom: `npm run imports` checks them, and so does CI.

/** Lowest first. A folder imports folders of lower rows only; folders of one row do not import each other. */
const layers = [
  ['base'],
  ['json', 'passwords'],
  ['streams'],
  ['engine'],
  ['catalog'],
  ['refresh'],
  ['metrics', 'session'],
  ['http', 'wire'],
  ['server'],
  ['index.ts'],
  ['testing'],
  ['cli'],
];

/** The same inside the dialect. */
const dialectLayers = [
  ['errors.ts'],
  ['types'],
  ['ast', 'lexer'],
  ['grammar', 'catalog.ts'],
  ['plan.ts'],
  ['duckdb'],
  ['functions', 'parse.ts'],
  ['bind'],
  ['rewrite'],
  ['plans'],
  ['compile.ts', 'leader-only.ts', 'translate-catalog.ts'],
  ['show'],
  ['index.ts'],
];

/** Circles of files that follow a recursion of the language itself: each is the whole list of files that may take part. */
const recursions = {
  'a query is an expression, and expressions stand in queries': 'ast/(expression|query)',
  'EXPLAIN, PREPARE and DECLARE hold statements (tree)': 'ast/(cursor|maintenance|statement)',
  'EXPLAIN, PREPARE and DECLARE hold statements (parser)': 'grammar/(cursor|maintenance|statement)',
  'subqueries and calls nest (parser)': 'grammar/(call|expression|from|pivot|primary|query|select|special-form|window)',
  'subqueries and calls nest (binder)':
    'bind/(call|connect-by|expression|from|join|path|pivot|predicate|query|select|special-call|window)',
  'expressions nest, and a cast or comparison emits its operands':
    'rewrite/(calls|cast|cast-text|compare|grouped-output|literals|order|paths|rewriter|side|super|super-compare|super-key|unnest)',
  'a query holds SELECTs, and a SELECT holds queries': 'rewrite/(query|select)',
};

/** Files outside the Kinesis room that may name it: they open it, speak its test controls, or are its public types. */
const namesKinesis = ['^src/(server|testing|http|cli)/', '^src/index[.]ts$', '^src/streams/'];

function within(root, names) {
  return `^${root}/(${names.map((name) => (name.endsWith('.ts') ? name.replace('.', '[.]') + '$' : `${name}/`)).join('|')})`;
}

function downward(root, rows) {
  return rows.flatMap((row, rank) =>
    row.flatMap((name) => {
      const others = [...row.filter((other) => other !== name), ...rows.slice(rank + 1).flat()];
      if (others.length === 0) return [];
      return {
        name: `downward: ${root}/${name}`,
        severity: 'error',
        from: { path: within(root, [name]) },
        to: { path: within(root, others) },
      };
    }),
  );
}

const recursionFiles = Object.values(recursions).map((files) => `^sql-dialect/${files}[.]ts$`);

module.exports = {
  forbidden: [
    ...downward('src', layers),
    ...downward('sql-dialect', dialectLayers),
    {
      name: 'every folder has a layer',
      severity: 'error',
      from: {},
      to: { path: '^(src|sql-dialect)/', pathNot: [within('src', layers.flat()), within('sql-dialect', dialectLayers.flat())] },
    },
    {
      name: 'no circles',
      severity: 'error',
      from: { pathNot: recursionFiles },
      to: { circular: true },
    },
    ...recursionFiles.map((path) => ({
      name: 'no circles beyond a recursion',
      severity: 'error',
      from: { path },
      to: { circular: true, via: { pathNot: path } },
    })),
    {
      name: 'the dialect is pure',
      severity: 'error',
      from: { path: '^sql-dialect/' },
      to: { pathNot: '^sql-dialect/' },
    },
    {
      name: 'only src/engine imports DuckDB',
      severity: 'error',
      from: { pathNot: '^src/engine/' },
      to: { path: '^(node_modules/)?@duckdb/' },
    },
    {
      name: 'only the Kinesis source imports the AWS SDK',
      severity: 'error',
      from: { pathNot: '^src/streams/kinesis/' },
      to: { path: '^(node_modules/)?@(aws-sdk|smithy)/' },
    },
    {
      name: 'a stream source is known by its contract',
      severity: 'error',
      from: { path: '^src/', pathNot: namesKinesis },
      to: { path: '^src/streams/kinesis/' },
    },
    {
      name: 'everything resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // A type-only import binds two files as much as any other.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { conditionNames: ['import', 'require', 'node', 'types'], exportsFields: ['exports'], extensions: ['.ts', '.js', '.d.ts'] },
  },
};
