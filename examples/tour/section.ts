import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** One query of the tour: what it shows and what it runs. A QuerySet that it returns is awaited. */
export interface Step {
  readonly title: string;
  readonly run: () => unknown;
}

/** Queries about one topic, and the file that they are written in. */
export interface Section {
  readonly title: string;
  readonly url: string;
  readonly steps: readonly Step[];
}

/** Every section of the tour, in the order in which their files are imported. */
export const sections: Section[] = [];

/** Begins a section; returns the function that adds a step to it. */
export function section(title: string, url: string): (title: string, run: () => unknown) => void {
  const steps: Step[] = [];
  sections.push({ title, url, steps });
  return (title, run) => steps.push({ title, run });
}

/** The body of an arrow function as it is written, without the indentation that its place gives it. */
function bodyText(text: string, file: ts.SourceFile, arrow: ts.ArrowFunction): string {
  if (ts.isBlock(arrow.body)) {
    const lines = text.slice(arrow.body.getStart(file) + 1, arrow.body.end - 1).split('\n');
    const written = lines.filter((line) => line.trim() !== '');
    const indent = Math.min(...written.map((line) => line.length - line.trimStart().length));
    return written.map((line) => line.slice(indent)).join('\n');
  }
  const start = arrow.body.getStart(file);
  const line = text.slice(text.lastIndexOf('\n', start) + 1, start);
  const indent = line.length - line.trimStart().length;
  return `${text.slice(start, arrow.body.end).replaceAll(`\n${' '.repeat(indent)}`, '\n')};`;
}

/** The TypeScript of each step of a section, in order: the tour shows what really runs. */
export function sourcesOf({ url }: Section): readonly string[] {
  const text = readFileSync(new URL(url), 'utf8');
  const file = ts.createSourceFile(url, text, ts.ScriptTarget.Latest);
  return file.statements.flatMap((statement) => {
    if (!ts.isExpressionStatement(statement) || !ts.isCallExpression(statement.expression)) return [];
    const [, run] = statement.expression.arguments;
    return run !== undefined && ts.isArrowFunction(run) ? [bodyText(text, file, run)] : [];
  });
}
