import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const directory = fileURLToPath(new URL('../../types/', import.meta.url));
const file = `${directory}snippet.ts`;
const prelude = `import * as n from 'nuages';
import { Author, Comment, Post, Restaurant } from './library/models.js';
import './library/register.js';
`;

/** An editor over the models of test/types/library: what it offers and what it says about a line of code. */
export interface Editor {
  /** The names offered at `|` in the code. */
  completions(code: string): string[];
  /** The messages about the code, each as one text. */
  messages(code: string): string[];
  /** What hovering over the name at `|` shows: its type and documentation. */
  hover(code: string): { type: string; documentation: string };
}

/** Milliseconds that a test with the editor may take: what takes a second alone has taken a minute on a machine with much other work. */
export const EDITOR_TIMEOUT = 300_000;

/** Starts TypeScript's language service as an editor does. */
export function openEditor(): Editor {
  let text = prelude;
  let version = 0;
  // Each change asks for the text of every file of the program again.
  const read = new Map<string, ts.IScriptSnapshot | undefined>();
  const snapshot = (name: string): ts.IScriptSnapshot | undefined => {
    if (!read.has(name))
      read.set(name, ts.sys.fileExists(name) ? ts.ScriptSnapshot.fromString(readFileSync(name, 'utf8')) : undefined);
    return read.get(name);
  };
  const config = ts.getParsedCommandLineOfConfigFile(
    `${directory}tsconfig.json`,
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (problem) => {
        throw new Error(String(problem.messageText));
      },
    },
  )!;
  const service = ts.createLanguageService({
    getCompilationSettings: () => ({ ...config.options, noEmit: true }),
    getScriptFileNames: () => [`${directory}library/register.ts`, file],
    getScriptVersion: (name) => (name === file ? String(version) : '1'),
    getScriptSnapshot: (name) => (name === file ? ts.ScriptSnapshot.fromString(text) : snapshot(name)),
    getCurrentDirectory: () => directory,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  });
  const write = (code: string): number => {
    const at = code.indexOf('|');
    text = prelude + (at < 0 ? code : code.slice(0, at) + code.slice(at + 1));
    version += 1;
    return prelude.length + at;
  };
  return {
    completions(code) {
      const position = write(code);
      return service.getCompletionsAtPosition(file, position, {})?.entries.map((entry) => entry.name) ?? [];
    },
    messages(code) {
      write(code);
      return service
        .getSemanticDiagnostics(file)
        .map((problem) => ts.flattenDiagnosticMessageText(problem.messageText, '\n'));
    },
    hover(code) {
      const info = service.getQuickInfoAtPosition(file, write(code));
      return {
        type: ts.displayPartsToString(info?.displayParts),
        documentation: ts.displayPartsToString(info?.documentation),
      };
    },
  };
}
