/**
 * A value of an XML answer: text, an element with members, or a list whose items are elements of one name. Undefined
 * members are left out.
 */
export type XmlValue =
  | string
  | number
  | boolean
  | undefined
  | { readonly [member: string]: XmlValue }
  | { readonly item: string; readonly items: readonly XmlValue[] };

/** An element and what is in it. */
export function xmlElement(name: string, value: XmlValue, attributes = ''): string {
  if (value === undefined) return '';
  const opening = attributes === '' ? name : `${name} ${attributes}`;
  return `<${opening}>${content(value)}</${name}>`;
}

function content(value: XmlValue): string {
  if (typeof value !== 'object') return value === undefined ? '' : escapeXml(String(value));
  if (isList(value)) return value.items.map((item) => xmlElement(value.item, item)).join('');
  return Object.entries(value)
    .map(([name, member]) => xmlElement(name, member))
    .join('');
}

function isList(value: object): value is { readonly item: string; readonly items: readonly XmlValue[] } {
  return 'items' in value && Array.isArray(value.items);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
