/**
 * "Django ORM Deep Dive: Relationships, Query Optimization, and Advanced Filtering", block by block.
 *
 * | block | what it does | here |
 * |---|---|---|
 * | 1 | models: roles and employees | models/staff.ts |
 * | 2 | creates employees, their role given by key and as an object | runs |
 * | 3 | forward: a filter over the relation; select_related | runs |
 * | 4 | reverse: all, filtered, counted | runs |
 * | 5 | models: authors vote for articles, once each | models/news.ts |
 * | 6 | articles with their number of votes | runs |
 * | 7 | articles that an author voted for | runs |
 * | 8 | models: administrators and servers | models/servers.ts |
 * | 9 | adds several at once, from either side | runs |
 * | 10 | models: a junction with a permission level | models/grants.ts |
 * | 11 | creates a row of the junction | runs |
 * | 12 | a loop over related objects, without and with select_related | runs |
 * | 13 | a loop over reverse relations, with prefetch_related | runs |
 * | 14 | F: a rise for all; columns swapped | runs |
 * | 15 | Q: either of two; a condition built in a loop | runs |
 * | 16 | Q: conditions joined | runs |
 */
import { and, Count, F, IntegrityError, or, Q } from 'nuages';
import { captureQueries } from 'nuages/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import * as grants from './models/grants.js';
import { Article, Author, Vote } from './models/news.js';
import * as servers from './models/servers.js';
import { Employee, Role } from './models/staff.js';
import { freshTables } from './nuages.config.js';

beforeEach(freshTables);

describe('roles and employees', () => {
  let manager: Role;
  let lead: Role;

  beforeEach(async () => {
    manager = await Role.objects.create({ name: 'Manager' });
    lead = await Role.objects.create({ name: 'Tech Lead' });
    const senior = await Role.objects.create({ name: 'Senior Engineer' });
    await Employee.objects.create({ fullName: 'Mia', yearsOfService: 9, role: manager, salary: 9000, bonus: 900 });
    await Employee.objects.create({ fullName: 'Leo', yearsOfService: 1, role: lead, salary: 5000, bonus: 500 });
    await Employee.objects.create({ fullName: 'Lin', yearsOfService: 4, role: lead, salary: 6000, bonus: 600 });
    await Employee.objects.create({ fullName: 'Johnny', yearsOfService: 7, role: senior, salary: '7000.50' });
  });

  test('2. a role given by key, and as an object', async () => {
    const alice = await Employee.objects.create({ fullName: 'Alice Chen', yearsOfService: 5, roleId: lead.id });
    const seniorRole = await Role.objects.get({ name: 'Senior Engineer' });
    const bob = await Employee.objects.create({ fullName: 'Bob Lee', yearsOfService: 3, role: seniorRole });
    expect((await alice.role).name).toBe('Tech Lead');
    expect(bob.roleId).toBe(seniorRole.id);
  });

  test('3. a filter over the relation; selectRelated loads both in one query', async () => {
    const managers = Employee.objects.filter({ role__name: 'Manager' });
    const { result, queries } = await captureQueries(async () => {
      const lines = [];
      for (const employee of await managers.selectRelated('role')) {
        lines.push(`${employee.fullName} — ${employee.role.name}`);
      }
      return lines;
    });
    expect(result).toEqual(['Mia — Manager']);
    expect(queries).toHaveLength(1);
  });

  test('4. from the role to its employees', async () => {
    const techLead = await Role.objects.get({ name: 'Tech Lead' });
    expect((await techLead.employeeSet.all()).map((one) => one.fullName)).toEqual(['Leo', 'Lin']);
    const juniors = techLead.employeeSet.filter({ yearsOfService__lt: 2 });
    expect((await juniors).map((one) => one.fullName)).toEqual(['Leo']);
    const { result, queries } = await captureQueries(() => techLead.employeeSet.count());
    expect(result).toBe(2);
    expect(queries.map(({ sql }) => sql)).toEqual([expect.stringContaining('COUNT(*)')]);
  });

  test('12. a loop over related objects: two queries for all rows; with selectRelated one', async () => {
    const employees = Employee.objects.filter({ yearsOfService__gt: 3 }).orderBy('id');
    const loop = await captureQueries(async () => {
      const names = [];
      for (const employee of await employees) names.push((await employee.role).name);
      return names;
    });
    expect(loop.result).toEqual(['Manager', 'Tech Lead', 'Senior Engineer']);
    // Rows of one query load together, where Django 5 would send one more query for each row.
    expect(loop.queries).toHaveLength(2);

    const joined = await captureQueries(async () =>
      (await employees.selectRelated('role')).map((employee) => employee.role.name),
    );
    expect(joined.result).toEqual(loop.result);
    expect(joined.queries).toHaveLength(1);

    const oneByOne = await captureQueries(async () => {
      for (const employee of await employees.fetchMode('one')) await employee.role;
    });
    expect(oneByOne.queries).toHaveLength(4);
  });

  test('13. a loop over reverse relations: two queries with prefetchRelated', async () => {
    const { result, queries } = await captureQueries(async () => {
      const lines = [];
      for (const role of await Role.objects.prefetchRelated('employeeSet').all()) {
        lines.push(`${role.name}: ${await role.employeeSet.count()} members`);
      }
      return lines;
    });
    expect(result).toEqual(['Manager: 1 members', 'Tech Lead: 2 members', 'Senior Engineer: 1 members']);
    expect(queries).toHaveLength(2);
  });

  test('14. F: ten per cent more for every senior engineer', async () => {
    const seniors = Employee.objects.filter({ role__name: 'Senior Engineer' });
    expect(await seniors.update({ salary: F('salary').mul(1.1) })).toBe(1);
    expect(String((await seniors.get()).salary)).toBe('7700.55');
    expect(String((await Employee.objects.get({ fullName: 'Mia' })).salary)).toBe('9000');
  });

  test('14. F: every right-hand side sees the row as it was, so that a swap needs no third column', async () => {
    await Employee.objects.filter({ fullName: 'Leo' }).update({
      tempField: F('salary'),
      salary: F('bonus'),
      bonus: F('tempField'),
    });
    const leo = await Employee.objects.get({ fullName: 'Leo' });
    expect([leo.tempField, leo.salary, leo.bonus].map(String)).toEqual(['5000', '500', '0']);

    await Employee.objects.filter({ fullName: 'Lin' }).update({ salary: F('bonus'), bonus: F('salary') });
    const lin = await Employee.objects.get({ fullName: 'Lin' });
    expect([lin.salary, lin.bonus].map(String)).toEqual(['600', '6000']);
  });

  test('15. Q: either name, and active', async () => {
    await Employee.objects.create({ fullName: 'Jane', yearsOfService: 1, role: lead, isActive: false });
    await Employee.objects.create({ fullName: 'Mary Jane', yearsOfService: 1, role: lead });
    const either = or({ fullName__icontains: 'john' }, { fullName__icontains: 'jane' });
    const active = Employee.objects.filter(either, { isActive: true }).orderBy('fullName');
    expect(await active.valuesList('fullName', { flat: true })).toEqual(['Johnny', 'Mary Jane']);
  });
});

describe('articles and votes', () => {
  let jane: Author;

  beforeEach(async () => {
    jane = await Author.objects.create({ handle: 'jane_doe' });
    const john = await Author.objects.create({ handle: 'john' });
    const devops = await Article.objects.create({ title: 'DevOps in a day' });
    const infra = await Article.objects.create({ title: 'Infra on a budget', published: false });
    await Article.objects.create({ title: 'Cooking' });
    for (const author of [jane, john]) await Vote.objects.create({ author, article: devops });
    await Vote.objects.create({ author: john, article: infra });
  });

  test('5. a second vote is refused by the constraint', async () => {
    const article = await Article.objects.get({ title__startswith: 'DevOps' });
    await expect(Vote.objects.create({ author: jane, article })).rejects.toThrow(IntegrityError);
  });

  test('6. articles with their votes', async () => {
    const articles = await Article.objects
      .prefetchRelated('voteSet')
      .annotate({ totalVotes: Count('vote') })
      .all();
    expect(articles.map((article) => `'${article.title}' has ${article.totalVotes} votes`)).toEqual([
      "'DevOps in a day' has 2 votes",
      "'Infra on a budget' has 1 votes",
      "'Cooking' has 0 votes",
    ]);
    expect(await articles[0]!.voteSet.all()).toHaveLength(2);
  });

  test('7. articles that an author voted for', async () => {
    const authorHandle = 'jane_doe';
    const voted = Article.objects.filter({ vote__author__handle: authorHandle });
    expect(await voted.valuesList('title', { flat: true })).toEqual(['DevOps in a day']);
  });

  test('15. Q: a condition that grows in a loop', async () => {
    let q = Q<Article>();
    for (const term of ['dev', 'ops', 'infra']) q = q.or({ title__icontains: term });
    const matching = Article.objects.filter(q).orderBy('id');
    expect(await matching.valuesList('title', { flat: true })).toEqual(['DevOps in a day', 'Infra on a budget']);
  });

  test('16. Q: conditions joined; an article that both voted for comes twice, as the join gives it', async () => {
    const authors = or({ vote__author__handle: 'john' }, { vote__author__handle: 'jane_doe' });
    const published = Q({ published: true });
    const combined = and(authors, published);
    const articles = Article.objects.filter(combined);
    expect(await articles.valuesList('title', { flat: true })).toEqual(['DevOps in a day', 'DevOps in a day']);
    expect(await articles.distinct().count()).toBe(1);
  });
});

test('9. administrators and servers: several added at once, from either side', async () => {
  const { Administrator, Server } = servers;
  for (const hostname of ['prod-1', 'prod-2', 'db01.internal']) await Server.objects.create({ hostname });
  const alex = await Administrator.objects.create({ name: 'Alex', email: 'alex@company.com' });
  await Administrator.objects.create({ name: 'Sam', email: 'sam@company.com' });
  await Administrator.objects.create({ name: 'Eve', email: 'eve@elsewhere.example' });

  const prod = await Server.objects.filter({ hostname__startswith: 'prod-' });
  await alex.servers.add(...prod);
  expect(await alex.servers.orderBy('id').valuesList('hostname', { flat: true })).toEqual(['prod-1', 'prod-2']);

  const db = await Server.objects.get({ hostname: 'db01.internal' });
  const admins = await Administrator.objects.filter({ email__endswith: '@company.com' });
  await db.administratorSet.add(...admins);
  expect(await db.administratorSet.orderBy('name').valuesList('name', { flat: true })).toEqual(['Alex', 'Sam']);
  expect(db.port).toBe(22);
});

test('11. a row of the junction, by keys', async () => {
  const { AccessGrant, Administrator, Server } = grants;
  await Administrator.objects.create({ id: 5, name: 'Alex', email: 'alex@company.com' });
  await Server.objects.create({ id: 12, hostname: 'db01.internal' });
  const grant = await AccessGrant.objects.create({
    adminId: 5,
    serverId: 12,
    permissionLevel: 'admin',
    isActive: true,
  });
  expect(grant.getPermissionLevelDisplay()).toBe('Admin');
  const alex = await Administrator.objects.get({ servers__hostname: 'db01.internal' });
  expect(await alex.servers.filter({ accessGrant__permissionLevel: 'admin' }).count()).toBe(1);
});
