import { CASCADE, CharField, ForeignKey, Model } from 'nuages';

/** The whole ORM: relations four levels deep. */
export class Company extends Model('company.Company', {
  name: CharField({ maxLength: 50 }),
}) {}

export class Department extends Model('company.Department', {
  company: ForeignKey('Company', { onDelete: CASCADE, relatedName: 'departments' }),
}) {}

export class Employee extends Model('company.Employee', {
  department: ForeignKey('Department', { onDelete: CASCADE, relatedName: 'employees' }),
}) {}

export class Task extends Model('company.Task', {
  employee: ForeignKey('Employee', { onDelete: CASCADE, relatedName: 'tasks' }),
  status: CharField({ maxLength: 10 }),
}) {}
