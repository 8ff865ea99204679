import { BooleanField, CASCADE, CharField, DecimalField, ForeignKey, Model, PositiveSmallIntegerField } from 'nuages';

/** Directions: the employee declares the relation, so that employee → role is forward and role → employees is reverse. */
export class Role extends Model('staff.Role', {
  name: CharField({ maxLength: 64 }),
}) {}

const money = () => DecimalField({ maxDigits: 10, decimalPlaces: 2, default: 0 });

export class Employee extends Model('staff.Employee', {
  role: ForeignKey('Role', { onDelete: CASCADE }),
  fullName: CharField({ maxLength: 128 }),
  yearsOfService: PositiveSmallIntegerField(),
  isActive: BooleanField({ default: true }),
  salary: money(),
  bonus: money(),
  tempField: money(),
}) {}
