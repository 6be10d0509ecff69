import { childrenOf, type NodeBase } from '../ast/node.js';
import type { PositionMap } from '../plan.js';
import type { RuleSet } from './rule.js';

/** What was emitted for a node, to find the way from the emitted text back to the source. */
interface Emission {
  readonly node: NodeBase;
  text: string;
  /** Emissions of nodes below, in the order they were made. */
  readonly parts: Emission[];
  /** Stretches of source text taken over as they stand: offset in `text`, offset in the source, length. */
  verbatim: readonly (readonly [at: number, source: number, length: number])[];
}

/** Longer texts of rules are not compared with their source. */
const longestCompared = 200;

/** A stretch of source text and what it becomes. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly text: () => string;
}

/**
 * Writes a tree out by template splice: a node's text is its source text with each child's span replaced by what is
 * emitted for the child. Rules replace the text of their own nodes. Without rules the output is the source, byte for
 * byte.
 */
export class Emitter<Context> {
  private current: Emission;
  private readonly memo = new Map<NodeBase, Emission>();
  private readonly root: Emission;

  constructor(
    readonly source: string,
    private readonly rules: RuleSet<Context>,
    private readonly contextOf: (emitter: Emitter<Context>) => Context,
  ) {
    this.root = { node: { kind: 'root', start: 0, end: 0 }, text: '', parts: [], verbatim: [] };
    this.current = this.root;
    this.context = this.contextOf(this);
  }

  readonly context: Context;

  /** The text for `node`. */
  emit(node: NodeBase): string {
    if (!this.memo.has(node)) this.emitSpine(node);
    return this.emitOne(node);
  }

  /** Long chains of operators and set operations lean to the left: their inner nodes are written first, in a loop. */
  private emitSpine(node: NodeBase): void {
    const spine: NodeBase[] = [];
    for (let left = leftOf(node); left !== undefined && !this.memo.has(left); left = leftOf(left)) spine.push(left);
    if (spine.length < 16) return;
    for (let i = spine.length - 1; i >= 0; i--) {
      const inner = spine[i];
      if (inner === undefined || i % 8 !== 0) continue;
      const outer = this.current;
      const holder: Emission = { node: inner, text: '', parts: [], verbatim: [] };
      this.current = holder;
      try {
        this.emitOne(inner);
      } finally {
        this.current = outer;
      }
      const [made] = holder.parts;
      if (made !== undefined) this.memo.set(inner, made);
    }
  }

  private emitOne(node: NodeBase): string {
    const known = this.memo.get(node);
    if (known !== undefined) {
      this.memo.delete(node);
      this.current.parts.push(known);
      return known.text;
    }
    const outer = this.current;
    const emission: Emission = { node, text: '', parts: [], verbatim: [] };
    this.current = emission;
    try {
      emission.text = this.apply(node);
    } finally {
      this.current = outer;
    }
    outer.parts.push(emission);
    return emission.text;
  }

  private apply(node: NodeBase): string {
    for (const each of this.rules.get(node.kind) ?? []) {
      const text = each.apply(node, this.context);
      if (text !== undefined) {
        const same = text.length <= longestCompared && text === this.source.slice(node.start, node.end);
        this.current.verbatim = same ? [[0, node.start, text.length]] : [];
        return text;
      }
    }
    return this.splice(node);
  }

  /** The node's source text with its children's texts spliced in; `override` returns the text of single children. */
  splice(node: NodeBase, override?: (child: NodeBase) => string | undefined): string {
    return this.spliceSegments(
      node,
      childrenOf(node).map((child) => ({
        start: child.start,
        end: child.end,
        text: () => override?.(child) ?? this.emit(child),
      })),
    );
  }

  /** The node's source text with stretches of it replaced; `segments` are in source order. */
  spliceSegments(node: NodeBase, segments: readonly Segment[]): string {
    const verbatim: [number, number, number][] = [];
    let text = '';
    let last = '';
    let at = node.start;
    const add = (piece: string): void => {
      text += piece;
      if (piece !== '') last = piece;
    };
    // The source's side is looked at first: to look at the end of a text put together from others copies it, which adds
    // up in long chains.
    const gap = (to: number): void => {
      if (to <= at) return;
      const piece = this.source.slice(at, to);
      if (startsWithWord(piece) && endsWithWord(last)) text += ' ';
      add(piece);
      verbatim.push([text.length - piece.length, at, piece.length]);
    };
    for (const segment of segments) {
      if (segment.start < at) continue;
      gap(segment.start);
      const piece = segment.text();
      if (endsWithWord(last) && startsWithWord(piece)) text += ' ';
      add(piece);
      at = segment.end;
    }
    gap(node.end);
    this.current.verbatim = verbatim;
    return text;
  }

  /** Maps offsets of `text`, which consists of what has been emitted, back to the source. */
  positions(text: string): PositionMap {
    const top: Emission = { ...this.root, text };
    return { toSource: (offset) => locate(top, offset) };
  }
}

/**
 * Two pieces that meet in word characters would make one word where the source had two tokens: `'f'INNER`, once the
 * literal is `false`.
 */
function startsWithWord(piece: string): boolean {
  return /\w/.test(piece.slice(0, 1));
}
function endsWithWord(piece: string): boolean {
  return /\w/.test(piece.slice(-1));
}

function leftOf(node: NodeBase): NodeBase | undefined {
  if (node.kind !== 'binary' && node.kind !== 'set_operation' && node.kind !== 'join') return undefined;
  const { left } = node as NodeBase & { left?: NodeBase };
  return left?.kind === node.kind ? left : undefined;
}

/**
 * Finds the emission that contains the offset: parts are searched in the text in the order they were emitted, then
 * anywhere.
 */
function locate(emission: Emission, offset: number): number | undefined {
  let cursor = 0;
  for (const part of emission.parts) {
    if (part.text === '') continue;
    let at = emission.text.indexOf(part.text, cursor);
    if (at >= 0) cursor = at + part.text.length;
    else at = emission.text.indexOf(part.text);
    if (at < 0 || offset < at || offset >= at + part.text.length) continue;
    const found = locate(part, offset - at);
    if (found !== undefined) return found;
  }
  for (const [at, source, length] of emission.verbatim) {
    if (offset >= at && offset < at + length) return source + (offset - at);
  }
  // A name or literal is rewritten as a whole: all of it comes from its node.
  return emission.parts.length === 0 && emission.node.kind !== 'root' ? emission.node.start : undefined;
}
