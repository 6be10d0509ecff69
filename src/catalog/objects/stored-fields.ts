/** What the stored form of an entry's field may be. `?` marks one that may be missing. */
export type FieldForm =
  | 'text'
  | 'number'
  | 'flag'
  | 'list'
  | 'object'
  | 'text?'
  | 'number?'
  | 'flag?'
  | 'list?'
  | 'object?'
  | 'text or number?';

/** The form of every field of an entry but its kind: a field that is left out is a type error. */
export type StoredFields<Entry> = { readonly [K in Exclude<keyof Entry, 'kind'>]-?: FieldForm };

type Form = 'text' | 'number' | 'flag' | 'list' | 'object';

const forms: Readonly<Record<FieldForm, { readonly any: readonly Form[]; readonly optional: boolean }>> = {
  text: { any: ['text'], optional: false },
  number: { any: ['number'], optional: false },
  flag: { any: ['flag'], optional: false },
  list: { any: ['list'], optional: false },
  object: { any: ['object'], optional: false },
  'text?': { any: ['text'], optional: true },
  'number?': { any: ['number'], optional: true },
  'flag?': { any: ['flag'], optional: true },
  'list?': { any: ['list'], optional: true },
  'object?': { any: ['object'], optional: true },
  'text or number?': { any: ['text', 'number'], optional: true },
};

/** The name of the first field that does not have its form; undefined when all have. */
export function misshapenField(value: object, fields: Readonly<Record<string, FieldForm>>): string | undefined {
  const given = new Map<string, unknown>(Object.entries(value));
  for (const [name, form] of Object.entries(fields)) {
    const found = given.get(name);
    const { any, optional } = forms[form];
    const missing = found === undefined;
    if (missing ? !optional : !any.includes(formOf(found))) return name;
  }
  return undefined;
}

function formOf(value: unknown): Form {
  if (Array.isArray(value)) return 'list';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return 'number';
    case 'boolean':
      return 'flag';
    default:
      return 'object';
  }
}
