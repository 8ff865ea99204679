import { beforeAll, describe, expect, it } from 'vitest';
import { EDITOR_TIMEOUT, type Editor, openEditor } from './editor.js';

let editor: Editor;
beforeAll(() => {
  editor = openEditor();
  editor.messages('');
}, EDITOR_TIMEOUT);

describe('completion', { timeout: EDITOR_TIMEOUT }, () => {
  it('offers fields, keys, relations of both sides and lookups where a filter is written', () => {
    const offered = editor.completions('Post.objects.filter({ | })');
    expect(offered).toEqual(
      expect.arrayContaining(['title', 'viewCount', 'author', 'authorId', 'tags', 'comment', 'pk']),
    );
    expect(offered).toEqual(
      expect.arrayContaining(['title__icontains', 'viewCount__gte', 'author__in', 'author__isnull']),
    );
    expect(offered).toEqual(expect.arrayContaining(['createdAt__year', 'pubDate__month']));
    expect(offered).not.toContain('title__year');
  });

  it.each([
    "Post.objects.filter({ title: 'x' }, { | })",
    'Post.objects.exclude({ | })',
    'Post.objects.get({ | })',
    'Post.objects.getOrCreate({ | })',
    'Post.objects.updateOrCreate({ | })',
    'n.Q<Post>().or({ | })',
    '({} as Post).getNextByCreatedAt({ | })',
  ])('offers them wherever conditions are taken: %s', (code) => {
    expect(editor.completions(code)).toEqual(
      expect.arrayContaining(['title', 'authorId', 'comment', 'title__icontains', 'author__isnull']),
    );
  });

  it('goes on offering lookups when keys are there already', () => {
    const offered = editor.completions("Post.objects.filter({ title: 'x', view| })");
    expect(offered).toContain('viewCount__lt');
    expect(offered).not.toContain('title');
  });

  it('shows nothing of what exists for the compiler alone', () => {
    const offered = [
      ...editor.completions('Post.objects.filter({ | })'),
      ...editor.completions('Post.objects.|'),
      ...editor.completions("Post.objects.annotate({ n: n.Count('tags') }).|"),
      ...editor.completions('({} as Post).|'),
    ];
    expect(offered.filter((name) => /^[$_]{2}|⚠|label|describes|\[/.test(name))).toEqual([]);
  });

  it('offers the values of choices', () => {
    expect(editor.completions("Post.objects.filter({ status: '|' })")).toEqual(
      expect.arrayContaining(['draft', 'live']),
    );
  });

  it('offers paths in orderings, values, only and selectRelated', () => {
    expect(editor.completions("Post.objects.orderBy('|')")).toEqual(
      expect.arrayContaining(['title', '-title', 'author', '?']),
    );
    expect(editor.completions("Post.objects.values('|')")).toEqual(
      expect.arrayContaining(['title', 'author', 'tags', 'comment']),
    );
    expect(editor.completions("Post.objects.valuesList('id', '|')")).toEqual(
      expect.arrayContaining(['title', 'author']),
    );
    expect(editor.completions("Post.objects.only('|')")).toEqual(expect.arrayContaining(['title', 'price']));
    expect(editor.completions("Post.objects.selectRelated('|')")).toEqual(expect.arrayContaining(['author', 'editor']));
  });

  it('offers the columns where a row is created or updated', () => {
    const offered = editor.completions('Post.objects.create({ | })');
    expect(offered).toEqual(expect.arrayContaining(['title', 'author', 'authorId', 'status']));
    expect(editor.completions('Post.objects.update({ | })')).toEqual(expect.arrayContaining(['title', 'viewCount']));
    expect(editor.completions('new Post({ | })')).toEqual(expect.arrayContaining(['title', 'author', 'authorId']));
  });

  it('offers attributes, relations and methods of instances', () => {
    const offered = editor.completions('({} as Author).|');
    expect(offered).toEqual(
      expect.arrayContaining([
        'handle',
        'mentor',
        'mentorId',
        'mentees',
        'posts',
        'profile',
        'save',
        'pk',
        'shortHandle',
      ]),
    );
    expect(editor.completions('({} as Post).|')).toEqual(
      expect.arrayContaining(['getStatusDisplay', 'getNextByCreatedAt']),
    );
  });

  it('offers the methods of the QuerySet and of its model, after annotations too', () => {
    const offered = editor.completions("Post.objects.annotate({ n: n.Count('tags') }).|");
    expect(offered).toEqual(expect.arrayContaining(['filter', 'orderBy', 'active', 'popular', 'first']));
  });

  it('shows documentation on methods and fields', () => {
    expect(editor.hover('Post.objects.fil|ter({})').documentation).toContain('The rows for which all lookups');
    expect(editor.hover('n.CharF|ield({ maxLength: 3 })').documentation).toContain('In JavaScript: string');
    expect(editor.hover("n.Low|er('title')").documentation).toContain('LOWER');
    expect(editor.hover("n.Cou|nt('title')").documentation).toContain('COUNT');
    expect(editor.hover('n.Mod|el("a.B", {})').documentation).toContain('A class for the rows of a table');
  });
});
