import type { Colors } from 'picocolors/types.js';

const sqlWords = new Set(
  `ABS ALL AND AS ASC AVG BEGIN BETWEEN BY CASE CAST COALESCE COMMIT CONFLICT COUNT CREATE CROSS DEFERRED DELETE DESC
   DISTINCT DO ELSE END ESCAPE EXCEPT EXISTS FALSE FROM FULL GROUP HAVING IGNORE IMMEDIATE IN INNER INSERT INTERSECT INTO
   IS JOIN LEFT LIKE LIMIT MAX MIN NOT NOTHING NULL OFFSET ON OR ORDER OUTER OVER PARTITION RELEASE REPLACE RETURNING
   RIGHT ROLLBACK SAVEPOINT SELECT SET SUM TABLE THEN TO TRUE UNION UPDATE USING VALUES WHEN WHERE WITH`.split(/\s+/),
);
const typescriptWords = new Set(
  `async await break case catch class const continue do else export extends false finally for from function if import in
   instanceof let new null of return switch this throw true try typeof undefined while yield`.split(/\s+/),
);

const sqlToken = /"(?:[^"]|"")*"|'(?:[^']|'')*'|\?|\$\d+|[A-Za-z_]\w*|\d+(?:\.\d+)?|\s+|./g;
const typescriptToken = /\/\/.*|'(?:[^'\\]|\\.)*'|`[^`]*`|[A-Za-z_$][\w$]*|\d[\d_.]*|\s+|./g;

/** Where a statement is broken into lines, when the word stands outside all parentheses. */
const clauses = new Set(
  'FROM WHERE GROUP HAVING ORDER LIMIT INNER LEFT UNION INTERSECT EXCEPT SET VALUES ON RETURNING'.split(' '),
);

/** Long lists of parameters say nothing: `(?, ?, ?, …)` becomes `(?, … 50 in all)`. */
const shorten = (sql: string): string =>
  sql.replace(/\(\?(?:, \?){9,}\)/g, (list) => `(?, … ${list.length / 3} in all)`);

/** One SQL statement on several lines, at most `width` wide where spaces allow it, in colour. */
export function sqlText(sql: string, colors: Colors, width: number): string {
  let depth = 0;
  let column = 0;
  let text = '';
  let previous = '';
  for (const token of shorten(sql).match(sqlToken) ?? []) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    // `ON` begins a line in `ON CONFLICT` only; in a join it stays with its table.
    const breaks = depth === 0 && clauses.has(token) && token !== 'ON' && previous !== 'DELETE';
    if (breaks && column > 0) {
      text = `${text.trimEnd()}\n  `;
      column = 2;
    } else if (/^\s+$/.test(token)) {
      if (column > width - 24) {
        text += '\n      ';
        column = 6;
      } else {
        text += ' ';
        column += 1;
      }
      continue;
    }
    text += sqlColor(token, colors);
    column += token.length;
    previous = token;
  }
  return text;
}

function sqlColor(token: string, colors: Colors): string {
  if (sqlWords.has(token)) return colors.blue(token);
  if (/^["]/.test(token)) return colors.cyan(token);
  if (/^['\d]/.test(token)) return colors.green(token);
  if (/^[?$]/.test(token)) return colors.magenta(token);
  return token;
}

/** TypeScript in colour. */
export function typescriptText(source: string, colors: Colors): string {
  return source.replaceAll(typescriptToken, (token) => {
    if (token.startsWith('//')) return colors.dim(token);
    if (typescriptWords.has(token)) return colors.magenta(token);
    if (/^['`]/.test(token)) return colors.green(token);
    if (/^\d/.test(token)) return colors.yellow(token);
    return token;
  });
}
