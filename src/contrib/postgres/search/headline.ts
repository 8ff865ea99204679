import { typeError, ValueError } from '../../../errors.js';
import { Expression } from '../../../expressions/expression.js';
import { argument } from '../../../expressions/f.js';
import { Literal } from '../../../expressions/literal.js';
import { textField } from '../../../expressions/types.js';
import type { ExpressionNode } from '../../../sql/expression-nodes.js';
import type { Resolvable, Scope } from '../../../sql/resolvable.js';
import { callable } from '../../../util/callable.js';
import { postgresCall } from '../nodes.js';
import { type Config, configOption, configured, shapeOfConfig, sourcesOfConfig, type WithConfig } from './config.js';
import type { SearchHeadlineOptions } from './faces.js';
import { asQuery, SearchQuery } from './query.js';

/** Option → its name in PostgreSQL and what it takes. */
const OPTIONS: Readonly<Record<string, readonly [name: string, type: 'string' | 'number' | 'boolean']>> = {
  startSel: ['StartSel', 'string'],
  stopSel: ['StopSel', 'string'],
  maxWords: ['MaxWords', 'number'],
  minWords: ['MinWords', 'number'],
  shortWord: ['ShortWord', 'number'],
  highlightAll: ['HighlightAll', 'boolean'],
  maxFragments: ['MaxFragments', 'number'],
  fragmentDelimiter: ['FragmentDelimiter', 'string'],
};

/** The class behind `SearchHeadline`. */
export class SearchHeadlineExpression extends Expression {
  readonly expression: Resolvable;
  readonly query: Resolvable;
  readonly config: Config;
  /** The options as one parameter. */
  readonly settings: Literal | null;

  constructor(expression: unknown, query: unknown, options: WithConfig<SearchHeadlineOptions> = {}) {
    super();
    const { config, ...settings } = options;
    this.expression = argument(expression);
    this.query = typeof query === 'string' ? SearchQuery(query) : argument(query);
    this.config = configOption({ ...(config === undefined ? {} : { config }) }, 'SearchHeadline');
    const text = settingsText(settings);
    this.settings = text === '' ? null : new Literal(text);
    Object.freeze(this);
  }

  resolve(scope: Scope): ExpressionNode {
    const { args, options } = configured(this.config, scope);
    const document = this.expression.resolve(scope);
    const query = asQuery(this.query.resolve(scope), { args, options });
    const settings = this.settings === null ? [] : [this.settings.resolve()];
    return postgresCall('TS_HEADLINE', [...args, document, query, ...settings], textField, options);
  }
  override sources(): readonly Resolvable[] {
    const settings = this.settings === null ? [] : [this.settings];
    return [...sourcesOfConfig(this.config), this.expression, this.query, ...settings];
  }
  protected ownShape(): string {
    return `${this.settings !== null},${shapeOfConfig(this.config)}`;
  }
}

/** `StartSel='<i>', MaxWords=10`: quotes and backslashes of a text are doubled, as PostgreSQL reads the list. */
function settingsText(options: object): string {
  return Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([option, value]) => {
      if (!Object.hasOwn(OPTIONS, option))
        throw typeError(
          'unknown-option',
          `SearchHeadline has no option '${option}'. Options are: config, ${Object.keys(OPTIONS).join(', ')}.`,
        );
      const [name, type] = OPTIONS[option]!;
      if (typeof value !== type) throw typeError('search-headline', `SearchHeadline: ${option} must be a ${type}.`);
      if (type === 'number' && !(Number.isSafeInteger(value) && value >= 0))
        throw new ValueError('search-headline', `SearchHeadline: ${option} must be a whole number.`);
      return `${name}=${type === 'string' ? `'${(value as string).replace(/['\\]/g, '$&$&')}'` : String(value)}`;
    })
    .join(', ');
}

/** The places of a text where the words of a query stand. */
export const SearchHeadline = callable(SearchHeadlineExpression);
