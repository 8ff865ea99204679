import {
  AbstractModel,
  CASCADE,
  CharField,
  CompositePrimaryKey,
  DecimalField,
  ForeignKey,
  IntegerField,
  ManyToManyField,
  Model,
  OneToOneField,
  SET_NULL,
  TextField,
  UUIDField,
} from 'nuages';

export class Doc extends Model('docs.Doc', {
  key: UUIDField({ primaryKey: true }),
  title: CharField({ maxLength: 9 }),
  code: CharField({ maxLength: 9, unique: true }),
}) {}
export class Meta extends Model('docs.Meta', {
  doc: OneToOneField('Doc', { onDelete: CASCADE, primaryKey: true }),
  note: TextField(),
}) {}
export class Line extends Model('docs.Line', {
  meta: ForeignKey('Meta', { onDelete: SET_NULL, null: true }),
  byCode: ForeignKey('Doc', { onDelete: CASCADE, toField: 'code', relatedName: 'codedLines' }),
  writer: ForeignKey('library.Author', { onDelete: CASCADE, relatedName: 'lines' }),
  n: IntegerField(),
}) {}

// names of the other side that do not stand in the relation
export class Chapter extends Model(
  'docs.Chapter',
  { doc: ForeignKey('Doc', { onDelete: CASCADE }), name: CharField({ maxLength: 9 }) },
  { orderWithRespectTo: 'doc', defaultRelatedName: 'chapters' },
) {}
export class Signed extends AbstractModel({
  signer: ForeignKey('library.Author', { onDelete: CASCADE, relatedName: '%(app_label)s_%(class)s_signed' }),
}) {}
export class OpenLetter extends Model('docs.OpenLetter', Signed, { friends: ManyToManyField('self') }) {}
export class Plan extends Model('docs.Plan', { before: ManyToManyField('self', { symmetrical: false }) }) {}

/** A key of a foreign key, a text and a decimal. */
export class Price extends Model('docs.Price', {
  pk: CompositePrimaryKey('doc', 'currency', 'amount'),
  doc: ForeignKey('Doc', { onDelete: CASCADE, relatedName: 'prices' }),
  currency: CharField({ maxLength: 3 }),
  amount: DecimalField({ maxDigits: 9, decimalPlaces: 2 }),
  note: CharField({ maxLength: 20, default: '' }),
}) {}
