import {
  CASCADE,
  CharField,
  ForeignKey,
  IntegerField,
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
