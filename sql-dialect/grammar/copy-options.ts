/** What follows a parameter's keyword, an optional AS aside. */
export type OptionArgument =
  | 'flag'
  | 'text'
  | 'credentials'
  /** A text that must not be stored, such as a secret. */
  | 'secret'
  | 'optional text'
  | 'number'
  | 'size'
  | 'word'
  | 'role'
  | 'switch'
  | 'format'
  | 'simplify'
  | 'auto'
  | 'verbose'
  | 'partition'
  | 'template'
  | 'job';

function table(...groups: readonly (readonly [OptionArgument, string])[]): ReadonlyMap<string, OptionArgument> {
  const options = new Map<string, OptionArgument>();
  for (const [argument, words] of groups) for (const word of words.split(' ')) options.set(word, argument);
  return options;
}

/** "COPY parameter reference": authorization, data format, conversion, load operations, COPY JOB. */
export const copyOptions = table(
  ['role', 'iam_role'],
  ['credentials', 'credentials'],
  ['secret', 'access_key_id secret_access_key session_token master_symmetric_key'],
  ['text', 'region'],
  ['format', 'format'],
  ['flag', 'csv parquet orc shapefile serializetojson manifest encrypted bzip2 gzip lzop zstd ssh'],
  ['optional text', 'avro json'],
  ['text', 'delimiter fixedwidth quote dateformat timeformat null'],
  [
    'flag',
    'acceptanydate blanksasnull emptyasnull escape explicit_ids fillrecord ignoreblanklines removequotes roundec',
  ],
  ['flag', 'trimblanks truncatecolumns noload ignoreallerrors'],
  ['optional text', 'acceptinvchars'],
  ['word', 'encoding'],
  ['number', 'ignoreheader maxerror comprows readratio'],
  ['switch', 'compupdate statupdate'],
  ['simplify', 'simplify'],
  ['template', 'using'],
  ['job', 'job'],
);

/** "UNLOAD": authorization and options. */
export const unloadOptions = table(
  ['role', 'iam_role'],
  ['credentials', 'credentials'],
  ['secret', 'access_key_id secret_access_key session_token master_symmetric_key'],
  ['text', 'kms_key_id region'],
  ['word', 'extension'],
  ['format', 'format'],
  ['flag', 'csv parquet json header addquotes escape allowoverwrite cleanpath bzip2 gzip zstd'],
  ['verbose', 'manifest'],
  ['auto', 'encrypted'],
  ['text', 'delimiter fixedwidth null quote'],
  ['switch', 'parallel'],
  ['size', 'maxfilesize rowgroupsize'],
  ['partition', 'partition'],
  ['template', 'using'],
);
