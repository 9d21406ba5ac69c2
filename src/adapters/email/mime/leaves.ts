import { MailParser } from 'mailparser';
import type { Transform } from 'node:stream';
import { limits } from '../limits.js';
import { QuotedPrintableDecoder } from './quoted-printable.js';

/** One MIME part without parts of its own, with its transfer encoding undone. */
export interface Leaf {
  type: string;
  /** False: `type` is what the standard says for a part without one. */
  isTypeDeclared: boolean;
  params: Record<string, string>;
  disposition: string;
  filename?: string;
  contentId?: string;
  bytes: Buffer;
}

/** The structure of a mail: multiparts with children, leaves with bytes. */
export interface MimeTree {
  type: string;
  params: Record<string, string>;
  children: MimeTree[];
  leaf?: Leaf;
}

/** What mailparser (exact version pinned) keeps of a part while it reads; only what is used here. */
interface ParserNode {
  contentType: unknown;
  headers: Map<string, unknown>;
  children: ParserNode[];
}

const parserOptions: object = { maxHeadSize: limits.headerBytes, maxChildNodes: limits.parts, ignoreEmbedded: true, skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true, skipTextLinks: true };
const createNode: unknown = Reflect.get(MailParser.prototype, 'createNode');

/** mailparser with every part taken for a file, and with our own decoder of quoted-printable. */
class LeafParser extends MailParser {
  readonly textTypes: string[] = [];

  createNode(node: { encoding: unknown; getDecoder: () => Transform }): unknown {
    const original = node.getDecoder.bind(node);
    node.getDecoder = () => (node.encoding === 'quoted-printable' ? new QuotedPrintableDecoder() : original());
    return typeof createNode === 'function' ? (createNode.call(this, node) as unknown) : undefined;
  }
}

/**
 * Splits a mail into its parts. All bytes arrive as they were sent; charset and choice of body are decided elsewhere. When a limit ends the reading, what was read counts.
 */
export async function readTree(raw: Buffer): Promise<{ tree?: MimeTree; note?: string }> {
  const parser = new LeafParser(parserOptions);
  const leaves = new Map<unknown, Leaf>();
  const note = await new Promise<string | undefined>((resolve) => {
    parser.on('data', (part: unknown) => {
      if (isPart(part)) collect(part, leaves);
    });
    parser.once('error', (error: Error) => resolve(error.message));
    parser.once('end', () => resolve(undefined));
    parser.end(raw);
  });
  const root: unknown = Reflect.get(parser, 'tree');
  const tree = isNode(root) ? build(root, leaves) : undefined;
  return { ...(tree === undefined ? {} : { tree }), ...(note === undefined ? {} : { note }) };
}

interface ParserPart {
  type: 'attachment';
  filename?: unknown;
  contentDisposition?: unknown;
  contentId?: unknown;
  contentType?: unknown;
  headers: Map<string, unknown>;
  content: NodeJS.ReadableStream;
  release(): void;
}

function isPart(value: unknown): value is ParserPart {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'attachment' && 'release' in value;
}

function isNode(value: unknown): value is ParserNode {
  return typeof value === 'object' && value !== null && 'children' in value && 'headers' in value;
}

function collect(part: ParserPart, leaves: Map<unknown, Leaf>): void {
  const chunks: Buffer[] = [];
  part.content.on('data', (chunk: Buffer) => chunks.push(chunk));
  part.content.once('end', () => {
    const declared = headerValue(part.headers, 'content-type');
    leaves.set(part.headers, {
      isTypeDeclared: declared.value !== '',
      type: declared.value || (leaves.size === 0 && part.filename === undefined ? 'text/plain' : textOf(part.contentType)?.toLowerCase() ?? 'text/plain'),
      params: declared.params,
      disposition: textOf(part.contentDisposition)?.toLowerCase() ?? '',
      ...optional('filename', textOf(part.filename)),
      ...optional('contentId', textOf(part.contentId)?.trim().replace(/^<|>$/g, '') || undefined),
      bytes: Buffer.concat(chunks),
    });
    part.release();
  });
}

function build(root: ParserNode, leaves: Map<unknown, Leaf>): MimeTree {
  const top = shell(root, leaves);
  const open: [ParserNode, MimeTree, number][] = [[root, top, 0]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, made, depth] = next;
    for (const child of node.children) {
      const copy = shell(child, leaves);
      // RFC 2046 §5.1.5: the parts of a digest are mails.
      if (made.type === 'multipart/digest' && copy.leaf?.isTypeDeclared === false) copy.leaf.type = 'message/rfc822';
      made.children.push(copy);
      if (depth < limits.depth) open.push([child, copy, depth + 1]);
    }
  }
  return top;
}

function shell(node: ParserNode, leaves: Map<unknown, Leaf>): MimeTree {
  const leaf = leaves.get(node.headers);
  const declared = headerValue(node.headers, 'content-type');
  return { type: leaf?.type ?? (declared.value || textOf(node.contentType)?.toLowerCase() || 'text/plain'), params: declared.params, children: [], ...optional('leaf', leaf) };
}

function headerValue(headers: Map<string, unknown>, key: string): { value: string; params: Record<string, string> } {
  const found = headers.get(key);
  if (typeof found !== 'object' || found === null) return { value: '', params: {} };
  const params: Record<string, string> = {};
  const given: unknown = Reflect.get(found, 'params');
  if (typeof given === 'object' && given !== null) {
    for (const [name, value] of Object.entries(given)) if (typeof value === 'string') params[name.toLowerCase()] = value;
  }
  return { value: textOf(Reflect.get(found, 'value'))?.toLowerCase().trim() ?? '', params };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}
