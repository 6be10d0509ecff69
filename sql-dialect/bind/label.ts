import type { Expression, FunctionCall, PathStep } from '../ast/expression.js';
import type { DialectSettings } from '../catalog.js';
import { aggregateFunctions, scalarFunctions } from '../functions/index.js';
import { typeFromName } from '../types/type-names.js';
import { internalTypeName } from '../types/type-table.js';
import type { Binding } from './binding.js';
import { fold, foldAttribute, lower } from './identifier.js';

/**
 * A label and whether it names something (2), only a type or construct (1), or nothing (0): a cast keeps a name of
 * strength 2.
 */
interface Label {
  readonly text: string;
  readonly strength: 0 | 1 | 2;
}

const none: Label = { text: '?column?', strength: 0 };

/**
 * The label of an output column without alias, as Redshift (PostgreSQL 8.0, `FigureColname`) makes it: a column's name,
 * a function's name, a path's last step, the type of a cast of something nameless, `?column?`.
 */
export function columnLabel(node: Expression, settings: DialectSettings, binding: Binding): string {
  return label(node, settings, binding).text;
}

function label(node: Expression, settings: DialectSettings, binding: Binding): Label {
  switch (node.kind) {
    case 'path':
      return named(lastName(node.steps, settings) ?? fold(node.head, settings));
    case 'navigation': {
      const last = lastName(node.steps, settings);
      return last === undefined ? label(node.operand, settings, binding) : named(last);
    }
    case 'call':
      return named(callLabel(node, settings));
    case 'extract':
      return named('date_part');
    case 'case': {
      const inner = node.otherwise === undefined ? none : label(node.otherwise, settings, binding);
      return inner.strength === 2 ? inner : { text: 'case', strength: 1 };
    }
    case 'cast': {
      const inner = label(node.operand, settings, binding);
      // GETDATE() alone is labelled as a cast of a constant; inside another cast its own name shows.
      if (node.operand.kind === 'call' && inner.text === internalTypeName(binding.typeOf(node.operand))) {
        return named(lower(node.operand.name.at(-1)?.value ?? inner.text));
      }
      if (inner.strength === 2) return inner;
      const type = typeFromName(node.type.name, node.type.modifiers, node.type.array);
      return { text: 'code' in type ? node.type.name : internalTypeName(type).replace(/^_/, ''), strength: 1 };
    }
    case 'typed_literal': {
      const type = typeFromName(node.type.name, node.type.modifiers, node.type.array);
      return { text: 'code' in type ? node.type.name : internalTypeName(type), strength: 1 };
    }
    case 'interval':
      return { text: internalTypeName(binding.typeOf(node)), strength: 1 };
    case 'boolean':
      return { text: 'bool', strength: 1 };
    case 'at_time_zone':
      return { text: internalTypeName(binding.typeOf(node)), strength: 1 };
    case 'array':
      return named('array');
    case 'row':
      return named('row');
    case 'parenthesized':
      return label(node.inner, settings, binding);
    case 'collate':
    case 'outer_join_mark':
      return label(node.operand, settings, binding);
    default:
      return none;
  }
}

function named(text: string): Label {
  return { text, strength: 2 };
}

/** The last attribute of a path; a subscript keeps the name of the array. */
function lastName(steps: readonly PathStep[], settings: DialectSettings): string | undefined {
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i];
    if (step?.kind === 'field_step') return foldAttribute(step.name, settings);
  }
  return undefined;
}

/** Labels of the SQL-standard spellings, which the grammar turns into calls of other functions. */
const formLabels: Readonly<Record<string, string>> = { position: 'position', overlay: 'overlay' };

function callLabel(node: FunctionCall, settings: DialectSettings): string {
  const written = node.name.at(-1);
  const name = written === undefined ? '' : lower(written.value);
  if (node.form === 'trim') return trimLabel(node);
  const definitions = aggregateFunctions.get(name) ?? scalarFunctions.get(name);
  const labelled = definitions?.find((definition) => definition.label !== undefined);
  return labelled?.label ?? formLabels[node.form] ?? (written === undefined ? name : fold(written, settings));
}

function trimLabel(node: FunctionCall): string {
  if (node.trimSide === 'leading') return 'ltrim';
  return node.trimSide === 'trailing' ? 'rtrim' : 'btrim';
}
