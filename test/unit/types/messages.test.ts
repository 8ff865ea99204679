import { beforeAll, describe, expect, it } from 'vitest';
import { EDITOR_TIMEOUT, type Editor, openEditor } from './editor.js';

let editor: Editor;
beforeAll(() => {
  editor = openEditor();
  editor.messages('');
}, EDITOR_TIMEOUT);

const message = (code: string): string => {
  const messages = editor.messages(code);
  expect(messages).toHaveLength(1);
  return messages[0]!;
};

describe('messages', { timeout: EDITOR_TIMEOUT }, () => {
  it('say in one line at the key what is wrong with a path, and which name is near', () => {
    expect(message("Post.objects.filter({ titel: 'x' })")).toBe(
      "Type 'string' is not assignable to type 'LookupError<\"library.Post has no field 'titel'. Did you mean 'title'?\">'.",
    );
    expect(message("Post.objects.filter({ title: 'x', author__mentor__handl: 'x' })")).toBe(
      "Type 'string' is not assignable to type 'LookupError<\"library.Author has no field 'handl'. Did you mean 'handle'?\">'.",
    );
  });

  it.each([
    ['titl', 'title'],
    ['tittle', 'title'],
    ['tirle', 'title'],
    ['Title', 'title'],
    ['view_count', 'viewCount'],
    ['viewcount', 'viewCount'],
    ['viewCuont', 'viewCount'],
    ['created_at', 'createdAt'],
    ['tag', 'tags'],
  ])('finds what is near %s', (wrong, right) => {
    expect(message(`Post.objects.filter({ ${wrong}: 1 as never as symbol })`)).toContain(
      `library.Post has no field '${wrong}'. Did you mean '${right}'?`,
    );
  });

  it('suggest nothing where nothing is near', () => {
    expect(message('Post.objects.filter({ publisher: 1 })')).toContain(`"library.Post has no field 'publisher'"`);
  });

  it.each([
    ['aeg', 'age'],
    ['agr', 'age'],
    ['ag', 'age'],
    ['aage', 'age'],
    ['isb', 'isbn'],
    ['ibn', 'isbn'],
    ['sib', 'isbn', false],
    ['ism', 'isbn', false],
    ['uurl', 'url'],
    ['ulr', 'url'],
    ['ur', 'url'],
    ['i', 'isbn', false],
    ['xyz', 'age', false],
    ['kp', 'pk'],
    ['pkk', 'pk'],
    ['ti', 'title', false],
    ['tit', 'title'],
    ['ttl', 'title', false],
  ])('compares short names letter by letter: %s, %s', (wrong, right, near = true) => {
    const text = message(
      `class Short extends n.Model('short.Short', {
         age: n.IntegerField(), url: n.URLField(), isbn: n.CharField({ maxLength: 13 }), title: n.CharField({ maxLength: 9 }),
       }) {}
       declare module 'nuages' { interface Register { short: { Short: typeof Short } } }
       Short.objects.filter({ ${wrong}: 1 as never as symbol });`,
    );
    expect(text).toContain(`"short.Short has no field '${wrong}'${near ? `. Did you mean '${right}'?` : ''}"`);
  });

  it('name the lookup that does not exist', () => {
    expect(message("Post.objects.filter({ title__icontain: 'x' })")).toContain(
      "'icontain' is not a lookup of a text field. Did you mean 'icontains'?",
    );
    expect(message('Post.objects.filter({ title__year: 1 })')).toContain("'year' is not a lookup of a text field");
  });

  it('name the type that was wanted', () => {
    expect(message("Post.objects.filter({ viewCount: '3' })")).toBe(
      "Type 'string' is not assignable to type 'Comparable<number>'.",
    );
  });

  it('stay short in composed conditions', () => {
    expect(message("Post.objects.filter(n.or({ titel: 'x' }, { slug: 'y' }))")).toContain(
      "library.Post has no field 'titel'. Did you mean 'title'?",
    );
  });

  it('stand in orderings, values, annotations and updates', () => {
    const near = "library.Post has no field 'titel'. Did you mean 'title'?";
    expect(message("Post.objects.orderBy('-titel')")).toContain(near);
    expect(message("Post.objects.values('titel')")).toContain(near);
    expect(message("Post.objects.valuesList('titel', { flat: true })")).toContain(near);
    expect(message("Post.objects.only('titel')")).toContain(near);
    expect(message("Post.objects.annotate({ x: n.Lower('titel') })")).toContain(near);
    expect(message("Post.objects.aggregate({ x: n.Max('titel') })")).toContain(near);
    expect(message("Post.objects.update({ titel: 'x' })")).toContain(near);
    expect(message("Post.objects.update({ title: n.F('titel') })")).toContain(near);
    expect(message("Post.objects.create({ title: 'x', authorId: 1, titel: 'x' })")).toContain(near);
  });

  it('name what creation lacks', () => {
    expect(message('Post.objects.create({ authorId: 1 })')).toContain("Property 'title' is missing");
    expect(message("Post.objects.create({ title: 'x' })")).toContain("Property 'author' is missing");
  });

  it('say that a model is not registered', () => {
    expect(
      message("class Lost extends n.Model('nowhere.Lost', { a: n.CharField() }) {}\nLost.objects.filter({ a: 'x' });"),
    ).toContain('nowhere.Lost is not registered: add its app to Register in nuages.config.ts');
  });
});
