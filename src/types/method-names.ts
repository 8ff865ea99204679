/** What expressions and conditions have beside their description: also possible names of fields. */
export type MethodName =
  | ('add' | 'sub' | 'mul' | 'div' | 'mod' | 'pow' | 'neg')
  | ('bitand' | 'bitor' | 'bitxor' | 'bitleftshift' | 'bitrightshift')
  | ('asc' | 'desc' | 'slice')
  | ('and' | 'or' | 'xor' | 'not');
