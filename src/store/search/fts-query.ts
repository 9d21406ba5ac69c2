import type { Plan } from './plan.js';
import type { Pattern, TextClause } from './query.js';

/** A plan in the language of FTS5. Every term is quoted, and holds only letters, digits, marks and `_`. */
export function toFtsQuery(plan: Plan): string {
  const wanted = plan.all.map(clauseSql).join(' AND ');
  return plan.none.reduce((query, group) => `(${query}) NOT (${group.map(clauseSql).join(' AND ')})`, wanted);
}

function clauseSql(clause: TextClause): string {
  const patterns = clause.map(patternSql);
  return patterns.length === 1 ? (patterns[0] ?? '') : `(${patterns.join(' OR ')})`;
}

/** Words in a row are looked for among words only: the other column knows no order. */
function patternSql(pattern: Pattern): string {
  const column = pattern.exact || pattern.words.length > 1 ? 'words : ' : '';
  return `${column}"${pattern.words.join(' ')}"${pattern.prefix ? ' *' : ''}`;
}
