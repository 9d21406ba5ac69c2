import { AppError } from '../../errors.js';
import type { Scalar } from '../driver.js';
import type { Comparison, Term } from '../filter.js';
import { partsOf } from '../path.js';
import type { SqlValue } from './raw-sql.js';
import { jsonColumn, quote, type Table } from './table.js';
import { toColumn } from './values.js';

const sqlOperator = { $eq: '=', $gt: '>', $gte: '>=', $lt: '<', $lte: '<=' } as const;
const maxListed = 16_384;

/** Terms as an SQL condition; values go to `params`, in order. The text depends on the filter's shape only. */
export function conditionOf(table: Table, terms: readonly Term[], params: SqlValue[]): string {
  if (terms.length === 0) return '1';
  return terms.map((term) => termSql(table, term, params)).join(' AND ');
}

function termSql(table: Table, term: Term, params: SqlValue[]): string {
  if (term.op === '$or') return orSql(table, term.branches, params);
  const { path } = term;
  if (term.op === '$exists') {
    const presence = table.presenceOf(path) ?? `json_type(${jsonColumn}, ${jsonPath(path)})`;
    return `${presence} IS ${term.value ? 'NOT NULL' : 'NULL'}`;
  }
  if (table.isColumn(path)) return columnTerm(table, term, params);
  if ('values' in term) {
    const listed = anyElement(path, params, (expr) => oneOf(expr, term.values, params, jsonValue));
    return term.op === '$in' ? listed : `${listed} IS NOT TRUE`;
  }
  const op = term.op === '$ne' ? '$eq' : term.op;
  const compared = anyElement(path, params, (expr) => compare(expr, op, term.value, params, jsonValue));
  return term.op === '$ne' ? `${compared} IS NOT TRUE` : compared;
}

function orSql(table: Table, branches: readonly (readonly Term[])[], params: SqlValue[]): string {
  if (branches.length === 0) return '0';
  return `(${branches.map((branch) => `(${conditionOf(table, branch, params)})`).join(' OR ')})`;
}

function columnTerm(table: Table, term: Exclude<Term, { op: '$or' | '$exists' }>, params: SqlValue[]): string {
  const name = quote(term.path);
  switch (term.op) {
    case '$in':
      return oneOf(name, term.values, params, toColumn);
    case '$nin':
      return term.values.length === 0 ? '1' : `(${name} IS NULL OR NOT ${oneOf(name, term.values, params, toColumn)})`;
    case '$ne':
      params.push(toColumn(term.value));
      return `${name} IS NOT ?`;
    case '$eq':
      if (table.isDeclaredLiteral(term.path, term.value)) return `${name} = ${literal(term.value)}`;
      return compare(name, term.op, term.value, params, toColumn);
    default:
      return compare(name, term.op, term.value, params, toColumn);
  }
}

/** Ranges stay within their type, as in MongoDB: numbers end where strings begin, strings where booleans begin. */
function compare(expr: string, op: Exclude<Comparison, '$ne'>, value: Scalar, params: SqlValue[], encode: (value: Scalar) => SqlValue): string {
  params.push(encode(value));
  const comparison = `${expr} ${sqlOperator[op]} ?`;
  if (op === '$eq') return comparison;
  const up = op === '$gt' || op === '$gte';
  if (typeof value === 'number') return up ? `(${comparison} AND ${expr} < '')` : comparison;
  if (typeof value === 'string') return up ? `(${comparison} AND ${expr} < x'')` : `(${comparison} AND ${expr} >= '')`;
  return up ? comparison : `(${comparison} AND ${expr} >= x'')`;
}

function oneOf(expr: string, values: readonly Scalar[], params: SqlValue[], encode: (value: Scalar) => SqlValue): string {
  if (values.length === 0) return '0';
  if (values.length > maxListed) throw new AppError('bug', 'too many values in $in', { facts: { values: values.length, maxListed } });
  // Padded to a power of two, so that few texts are prepared.
  const size = 2 ** Math.ceil(Math.log2(values.length));
  for (let i = 0; i < size; i++) params.push(encode(values[Math.min(i, values.length - 1)] as Scalar));
  return `${expr} IN (${Array<string>(size).fill('?').join(', ')})`;
}

/** A condition on the value at a path inside the JSON, or on any element where it is an array. */
function anyElement(path: string, params: SqlValue[], condition: (expr: string) => string): string {
  const at = jsonPath(path);
  const self = condition(typedValue(path));
  if (self === '0') return '0';
  const element = condition(elementValue);
  return `(${self} OR (json_type(${jsonColumn}, ${at}) = 'array' AND EXISTS (SELECT 1 FROM json_each(${jsonColumn}, ${at}) AS element WHERE ${element})))`;
}

const elementValue = `CASE element.type WHEN 'true' THEN x'01' WHEN 'false' THEN x'00' ELSE element.atom END`;

/** The scalar at a path inside the JSON, typed like a column; NULL for arrays and objects. */
export function typedValue(path: string): string {
  const at = `${jsonColumn}, ${jsonPath(path)}`;
  return `CASE json_type(${at}) WHEN 'true' THEN x'01' WHEN 'false' THEN x'00' WHEN 'array' THEN NULL WHEN 'object' THEN NULL ELSE json_extract(${at}) END`;
}

/** Bound for a comparison with a value inside the JSON, which is not escaped. */
export function jsonValue(value: Scalar): SqlValue {
  return typeof value === 'string' ? value : toColumn(value);
}

function jsonPath(path: string): string {
  return `'$.${partsOf(path).map((part) => `"${part}"`).join('.')}'`;
}

/** A scalar of an index declaration as SQL text. */
export function literal(value: Scalar): string {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  if (typeof value === 'number') return String(value);
  return value ? `x'01'` : `x'00'`;
}
