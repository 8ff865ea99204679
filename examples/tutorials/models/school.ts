import {
  BooleanField,
  CASCADE,
  CharField,
  DateTimeField,
  ForeignKey,
  IntegerField,
  ManyToManyField,
  Model,
  OneToOneField,
} from 'nuages';

/** The whole ORM: a junction table with a grade on it, and four levels of one-to-many. */
export class Student extends Model('school.Student', {
  user: OneToOneField('blog.User', { onDelete: CASCADE }),
}) {}

export class Course extends Model('school.Course', {
  title: CharField({ maxLength: 200 }),
  students: ManyToManyField('Student', { through: 'Enrollment', relatedName: 'courses' }),
}) {}

export class Enrollment extends Model(
  'school.Enrollment',
  {
    student: ForeignKey('Student', { onDelete: CASCADE }),
    course: ForeignKey('Course', { onDelete: CASCADE }),
    enrolledAt: DateTimeField({ autoNowAdd: true }),
    grade: CharField({ maxLength: 2, blank: true, default: '' }),
    completed: BooleanField({ default: false }),
  },
  { uniqueTogether: ['student', 'course'] },
) {}

export class School extends Model('school.School', {
  name: CharField({ maxLength: 50 }),
}) {}

export class ClassGroup extends Model('school.ClassGroup', {
  school: ForeignKey('School', { onDelete: CASCADE, relatedName: 'classes' }),
}) {}

export class Pupil extends Model('school.Pupil', {
  classGroup: ForeignKey('ClassGroup', { onDelete: CASCADE, relatedName: 'pupils' }),
}) {}

export class Grade extends Model('school.Grade', {
  pupil: ForeignKey('Pupil', { onDelete: CASCADE, relatedName: 'grades' }),
  points: IntegerField(),
}) {}
