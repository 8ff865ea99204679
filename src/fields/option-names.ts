import { typeError } from '../errors.js';
import { didYouMean } from '../util/closest.js';
import { show } from '../util/show.js';

/** Options that every field takes; `maxLength` means nothing to most, which a system check says. */
const GENERAL: readonly string[] = [
  'null',
  'blank',
  'choices',
  'dbColumn',
  'dbComment',
  'dbDefault',
  'dbIndex',
  'dbTablespace',
  'default',
  'editable',
  'errorMessages',
  'helpText',
  'verboseName',
  'primaryKey',
  'unique',
  'uniqueForDate',
  'uniqueForMonth',
  'uniqueForYear',
  'validators',
  'serialize',
  'maxLength',
];
const TEXT = ['dbCollation'];
const MOMENT = ['autoNow', 'autoNowAdd'];
const RELATION = ['relatedName', 'relatedQueryName', 'limitChoicesTo', 'dbConstraint'];
const KEY = [...RELATION, 'onDelete', 'toField', 'parentLink'];
const RANGE = ['defaultBounds'];
const FILE = [...TEXT, 'uploadTo', 'storage'];

/** What each class of the library takes beside them. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  ArrayField: ['size', 'baseField', 'nullItems'],
  AutoField: [],
  BigAutoField: [],
  BigIntegerRangeField: RANGE,
  BigIntegerField: [],
  BinaryField: [],
  BooleanField: [],
  CharField: TEXT,
  CompositePrimaryKey: [],
  DateField: MOMENT,
  DateRangeField: RANGE,
  DateTimeRangeField: RANGE,
  DateTimeField: MOMENT,
  DecimalField: ['maxDigits', 'decimalPlaces'],
  DecimalRangeField: RANGE,
  DurationField: [],
  EmailField: TEXT,
  FileField: FILE,
  FilePathField: [...TEXT, 'path', 'match', 'recursive', 'allowFiles', 'allowFolders'],
  FloatField: [],
  ForeignKey: KEY,
  HStoreField: [],
  GeneratedField: ['expression', 'outputField', 'dbPersist'],
  GenericIPAddressField: ['protocol', 'unpackIpv4'],
  ImageField: [...FILE, 'widthField', 'heightField'],
  InstantField: MOMENT,
  IntegerField: [],
  IntegerRangeField: RANGE,
  JSONField: ['encoder', 'decoder'],
  ManyToManyField: [...RELATION, 'through', 'throughFields', 'symmetrical', 'dbTable'],
  OneToOneField: KEY,
  OrderWrt: [],
  PositiveBigIntegerField: [],
  PositiveIntegerField: [],
  PositiveSmallIntegerField: [],
  SearchVectorField: [],
  SlugField: [...TEXT, 'allowUnicode'],
  SmallAutoField: [],
  SmallIntegerField: [],
  TextField: TEXT,
  TimeField: MOMENT,
  URLField: TEXT,
  UUIDField: [],
};

/** Throws TypeError for an option that a class of the library does not have. A class of one's own may take what it likes. */
export function checkOptionNames(kind: string, options: object): void {
  if (!Object.hasOwn(OWN, kind)) return;
  const known = [...GENERAL, ...OWN[kind]!];
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    throw typeError('unknown-option', `${kind} has no option ${show(name)}.${didYouMean(name, known)}`);
  }
}
