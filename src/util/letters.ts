/**
 * Tests text for letters of any script. V8 checks the syntax of a pattern while it reads a file, and to know all letters takes it
 * half a millisecond for each pattern: what `ascii` holds for is not asked further, and `source` becomes a pattern at the first other text.
 */
export function lettersOfAnyScript(ascii: RegExp, source: string): (text: string) => boolean {
  let any: RegExp | undefined;
  return (text) => {
    if (ascii.test(text)) return true;
    any ??= new RegExp(source, 'u');
    return any.test(text);
  };
}
