import { closeDatabases, createTables, defineConfig } from 'nuages';
import * as accounts from './models/accounts.js';
import * as bank from './models/bank.js';
import * as blog from './models/blog.js';
import * as cars from './models/cars.js';
import * as catalog from './models/catalog.js';
import * as company from './models/company.js';
import * as credits from './models/credits.js';
import * as grants from './models/grants.js';
import * as ledger from './models/ledger.js';
import * as news from './models/news.js';
import * as places from './models/places.js';
import * as press from './models/press.js';
import * as production from './models/production.js';
import * as reporters from './models/reporters.js';
import * as school from './models/school.js';
import * as servers from './models/servers.js';
import * as shop from './models/shop.js';
import * as staff from './models/staff.js';
import * as writers from './models/writers.js';

const apps = {
  accounts,
  bank,
  blog,
  cars,
  catalog,
  company,
  credits,
  grants,
  ledger,
  news,
  places,
  press,
  production,
  reporters,
  school,
  servers,
  shop,
  staff,
  writers,
};

/** All tutorials in one project: the texts reuse names such as Book and Author, so each set of models is an app. */
export default defineConfig({ apps, databases: { default: 'sqlite::memory:' } });

declare module 'nuages' {
  interface Register {
    accounts: typeof accounts;
    bank: typeof bank;
    blog: typeof blog;
    cars: typeof cars;
    catalog: typeof catalog;
    company: typeof company;
    credits: typeof credits;
    grants: typeof grants;
    ledger: typeof ledger;
    news: typeof news;
    places: typeof places;
    press: typeof press;
    production: typeof production;
    reporters: typeof reporters;
    school: typeof school;
    servers: typeof servers;
    shop: typeof shop;
    staff: typeof staff;
    writers: typeof writers;
  }
}

/** Empty tables, with keys counting from 1: closing a database in memory forgets it. */
export async function freshTables(): Promise<void> {
  await closeDatabases();
  await createTables();
}
