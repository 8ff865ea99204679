// What the published JavaScript calls its classes and functions, which the bundler keeps by calls of a helper.
import ts from 'typescript';

const HELPER = '__name';
const parse = (text) => ts.createSourceFile('bundle.js', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);

/**
 * Takes away the names of functions, before minifying. The bundler names each of a thousand at import, `__name(() => …, "read")`, and an
 * inner one whenever it is made, for each row if need be. Only classes keep theirs: errors and generated aliases show them.
 */
export function forgetFunctionNames(text) {
  const edits = [];
  const visit = (node) => {
    const call = ts.isExpressionStatement(node) ? node.expression : node;
    if (ts.isCallExpression(call) && namesFunction(call)) {
      const [named] = call.arguments;
      if (call !== node && ts.isIdentifier(named)) {
        edits.push({ from: node.pos, to: node.end, text: '' });
        return;
      }
      edits.push({ from: call.pos, to: named.pos, text: '' }, { from: named.end, to: call.end, text: '' });
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(text));
  return edited(text, edits);
}

function namesFunction({ expression, arguments: given }) {
  if (!ts.isIdentifier(expression) || expression.text !== HELPER || given.length !== 2) return false;
  return given[0].kind !== ts.SyntaxKind.ThisKeyword && ts.isStringLiteral(given[1]);
}

/**
 * Writes the names of classes where a class has its name, after minifying: `class Field {…}` for `class { static { n(this, "Field") } … }`.
 * A static block is a function that V8 compiles and runs for itself at import. One stays where the class has another name
 * inside, or where the name means something else there.
 */
export function writeClassNames(text) {
  const edits = [];
  const visit = (node) => {
    ts.forEachChild(node, visit);
    if (!ts.isClassLike(node) || node.name !== undefined) return;
    for (const member of node.members) {
      const name = nameGivenBy(member);
      if (name === undefined || mentions(node, name)) continue;
      const keyword = node.getStart() + 'class'.length;
      edits.push({ from: keyword, to: keyword, text: ` ${name}` }, { from: member.pos, to: member.end, text: '' });
      return;
    }
  };
  visit(parse(text));
  return edited(text, edits);
}

/** The name in `static { n(this, "Field") }`. */
function nameGivenBy(member) {
  if (!ts.isClassStaticBlockDeclaration(member) || member.body.statements.length !== 1) return undefined;
  const [statement] = member.body.statements;
  const call = ts.isExpressionStatement(statement) ? statement.expression : undefined;
  if (call === undefined || !ts.isCallExpression(call) || !ts.isIdentifier(call.expression)) return undefined;
  const [given, name] = call.arguments;
  if (call.arguments.length !== 2 || given.kind !== ts.SyntaxKind.ThisKeyword) return undefined;
  return ts.isStringLiteral(name) && /^[A-Za-z]\w*$/.test(name.text) ? name.text : undefined;
}

/** Whether a name is used in a class other than as that of a property: as a class has no name yet, it then means something around it. */
function mentions(node, name) {
  if (ts.isIdentifier(node) && node.text === name) {
    const { parent } = node;
    return !(ts.isPropertyAccessExpression(parent) && parent.name === node);
  }
  return ts.forEachChild(node, (child) => mentions(child, name) || undefined) ?? false;
}

function edited(text, edits) {
  let result = '';
  let start = 0;
  for (const { from, to, text: put } of edits.sort((left, right) => left.from - right.from)) {
    result += text.slice(start, from) + put;
    start = to;
  }
  return result + text.slice(start);
}
