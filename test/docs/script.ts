import ts from 'typescript';
import { onlyLinesOf, type Page, scriptBlocks } from './page.js';

/** The script of a page as TypeScript, to be type-checked. Line numbers are those of the page. */
export function plainScript(page: Page): string {
  const lines = onlyLinesOf(page, scriptBlocks(page));
  lines[0] = page.beginsWith === null ? 'export {};' : `import '${page.beginsWith}';`;
  return lines.join('\n');
}

interface Expectation {
  readonly kind: 'value' | 'throws';
  readonly text: string;
}

/**
 * The script of a page as it runs: what stands in the comments behind statements is compared with what comes.
 *
 * - `expression;  // → value` and `const x = expression;  // → value`: the value, as the console shows it
 * - `statement  // → text`: what the statement wrote to the console, where it has no value
 * - `expression;  // throws FieldError: message`
 *
 * A comment may also stand on the lines below, and go on with `//   `. `…` stands for anything.
 */
export function runningScript(page: Page, recorder: string): string {
  const plain = plainScript(page);
  const file = ts.createSourceFile(`${page.name}.ts`, plain, ts.ScriptTarget.Latest, true);
  const edits: { readonly at: number; readonly text: string }[] = [];
  const around = (node: ts.Node, before: string, after: string) =>
    edits.push({ at: node.getStart(file), text: before }, { at: node.end, text: after });

  let checked = 0;
  for (const statement of file.statements) {
    const line = file.getLineAndCharacterOfPosition(statement.getStart(file)).line + 1;
    const expected = expectationBehind(plain, statement.end);
    if (expected === null) continue;
    checked += 1;
    const told = `${line}, ${JSON.stringify(expected.text)}`;
    const expression = shownExpression(statement);
    edits.push({ at: statement.getStart(file), text: 'recorder.clearOutput(); ' });
    if (expression === null) {
      edits.push({ at: statement.end, text: ` recorder.output(${told});` });
    } else if (expected.kind === 'throws') {
      around(expression, `await recorder.throws(${told}, async () => (`, '))');
    } else {
      around(expression, `recorder.value(${told}, (`, '))');
    }
  }

  const promised = plain.match(/\/\/ (→|throws) /g)?.length ?? 0;
  if (checked !== promised)
    throw new Error(`${page.path} shows ${promised} results, of which ${checked} stand behind a statement.`);

  const starts = file.getLineStarts();
  for (const { open, close } of scriptBlocks(page)) {
    edits.push({ at: starts[open]!, text: `recorder.begin(${open + 1});` });
    edits.push({ at: starts[close]!, text: `recorder.end(${open + 1});` });
  }
  edits.push({ at: 0, text: `import * as recorder from '${recorder}'; ` });
  return applied(plain, edits);
}

/** The expression whose value a statement is about; null for a loop and the like. */
function shownExpression(statement: ts.Statement): ts.Expression | null {
  if (ts.isExpressionStatement(statement)) {
    const { expression } = statement;
    return ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.EqualsToken
      ? expression.right
      : expression;
  }
  if (!ts.isVariableStatement(statement)) return null;
  return statement.declarationList.declarations.at(-1)?.initializer ?? null;
}

/** The comment behind a statement, on its line or on those that follow. */
function expectationBehind(text: string, end: number): Expectation | null {
  const [same = '', ...below] = text.slice(end).split('\n');
  const lines = same.trim() === '' ? below : [same, ...below];
  const first = /^\s*\/\/ (→|throws) ?(.*)$/.exec(lines[0] ?? '');
  if (first === null) return null;
  const more = [];
  for (const line of lines.slice(1)) {
    const next = /^\s*\/\/ {3,}(.*)$/.exec(line);
    if (next === null) break;
    more.push(next[1]!);
  }
  return { kind: first[1] === '→' ? 'value' : 'throws', text: [first[2]!, ...more].join(' ') };
}

function applied(text: string, edits: readonly { readonly at: number; readonly text: string }[]): string {
  let result = text;
  const order = edits.map((edit, index) => ({ ...edit, index }));
  order.sort((a, b) => b.at - a.at || b.index - a.index);
  for (const { at, text: added } of order) result = result.slice(0, at) + added + result.slice(at);
  return result;
}
