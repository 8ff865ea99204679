/** A decimal on its way to the server: as a plain text it would be compared as a double. */
export class DecimalValue {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/**
 * The values of a list. Where such a parameter stands the statement has `(?)`, and the session writes as many placeholders as there
 * are values: the server plans an IN of plain values best.
 */
export class ListValue {
  readonly values: readonly unknown[];
  /**
   * The type of the values as JSON_TABLE takes it, for lists that are too long for placeholders. Where the values are tuples
   * (lists of values), the types of their parts.
   */
  readonly sqlType: string | readonly string[];
  /** The function that each value goes through, if any: documents are looked for in one spelling. */
  readonly through: string;
  constructor(values: readonly unknown[], sqlType: string | readonly string[], through = '') {
    this.values = values;
    this.sqlType = sqlType;
    this.through = through;
  }
}
