import * as n from 'nuages';
import { check, type Same } from './assertions.js';
import { Author, Everything, Post } from './library/models.js';

export async function comparison() {
  const row = (
    await Post.objects.annotate({
      cast: n.Cast('viewCount', n.CharField()),
      castNull: n.Cast('price', n.FloatField()),
      sure: n.Coalesce('price', n.Value(0), 'author__id'),
      unsure: n.Coalesce('pubDate', 'editor__id'),
      greatest: n.Greatest('viewCount', 1),
      least: n.Least('viewCount', 'editor__id'),
      nullIf: n.NullIf('title', 'slug'),
      collate: n.Collate('title', 'nocase'),
    })
  )[0]!;
  check<Same<typeof row.cast, string>>();
  check<Same<typeof row.castNull, number | null>>();
  check<Same<typeof row.sure, n.Decimal | number>>();
  check<Same<typeof row.greatest, number>>();
  check<Same<typeof row.least, number | null>>();
  check<Same<typeof row.nullIf, string | null>>();
  check<Same<typeof row.collate, string>>();
}

export async function dates() {
  const row = (
    await Post.objects.annotate({
      year: n.ExtractYear('createdAt', { tzinfo: 'Europe/Paris' }),
      day: n.Extract('pubDate', 'day'),
      now: n.Now(),
      month: n.TruncMonth('createdAt'),
      pubMonth: n.TruncMonth('pubDate'),
      trunc: n.Trunc('createdAt', 'hour'),
      date: n.TruncDate('createdAt'),
      time: n.TruncTime('createdAt'),
      asDate: n.TruncYear('createdAt', { outputField: n.DateField() }),
    })
  )[0]!;
  check<Same<typeof row.year, number>>();
  check<Same<typeof row.day, number | null>>();
  check<Same<typeof row.now, Date>>();
  check<Same<typeof row.month, Date>>();
  check<Same<typeof row.pubMonth, n.Temporal.PlainDate | null>>();
  check<Same<typeof row.trunc, Date>>();
  check<Same<typeof row.date, n.Temporal.PlainDate>>();
  check<Same<typeof row.time, n.Temporal.PlainTime>>();
  check<Same<typeof row.asDate, n.Temporal.PlainDate>>();
  const months = await Post.objects
    .annotate({ month: n.TruncMonth('createdAt') })
    .values('month')
    .annotate({ n: n.Count('id') })
    .orderBy('month');
  check<Same<(typeof months)[0]['month'], Date>>();
}

export async function json() {
  const row = (
    await Post.objects.annotate({
      object: n.JSONObject({ t: 'title', v: 'viewCount', p: 'editor__id' }),
      array: n.JSONArray('title', 'viewCount'),
      text: n.KT('data__theme'),
    })
  )[0]!;
  check<Same<typeof row.object, { t: string; v: number; p: number | null }>>();
  check<Same<typeof row.text, string | null>>();
  const array: readonly unknown[] = row.array;
  return array;
}

export async function numbers() {
  const row = (
    await Everything.objects.annotate({
      abs: n.Abs('amount'),
      ceil: n.Ceil('real'),
      round: n.Round('amount', { precision: 1 }),
      sign: n.Sign('whole'),
      sqrt: n.Sqrt('whole'),
      ln: n.Ln('amount'),
      power: n.Power('whole', 2),
      log: n.Log(2, 'real'),
      mod: n.Mod('whole', 3),
      pi: n.Pi(),
      random: n.Random(),
      atan2: n.ATan2('real', 'amount'),
    })
  )[0]!;
  check<Same<typeof row.abs, n.Decimal>>();
  check<Same<typeof row.ceil, number>>();
  check<Same<typeof row.round, n.Decimal>>();
  check<Same<typeof row.sqrt, number>>();
  check<Same<typeof row.ln, n.Decimal>>();
  check<Same<typeof row.power, number>>();
  check<Same<typeof row.mod, number>>();
  check<Same<typeof row.pi, number>>();
  check<Same<typeof row.atan2, n.Decimal>>();
}

export async function text() {
  const row = (
    await Post.objects.annotate({
      lower: n.Lower('title'),
      upper: n.Upper('editor__handle'),
      length: n.Length('title'),
      concat: n.Concat('title', n.Value(' '), 'editor__handle'),
      left: n.Left('title', 2),
      replace: n.Replace('title', n.Value('a'), n.Value('b')),
      index: n.StrIndex('title', n.Value('a')),
      substr: n.Substr('title', 1, 2),
      md5: n.MD5('title'),
      lpad: n.LPad('title', 5, n.Value(' ')),
      repeat: n.Repeat('title', 2),
      ord: n.Ord('title'),
      chr: n.Chr('viewCount'),
      nested: n.Lower(n.Trim('title')),
    })
  )[0]!;
  check<Same<typeof row.lower, string>>();
  check<Same<typeof row.upper, string | null>>();
  check<Same<typeof row.length, number>>();
  check<Same<typeof row.concat, string>>();
  check<Same<typeof row.index, number>>();
  check<Same<typeof row.nested, string>>();
  // @ts-expect-error misspelled, inside
  Post.objects.annotate({ x: n.Lower(n.Trim('titel')) });
  // @ts-expect-error misspelled, inside
  Post.objects.annotate({ x: n.Concat('title', 'titel') });
  // @ts-expect-error misspelled
  Author.objects.values('id', { x: n.Lower('handel') });
}

export async function windows() {
  const row = (
    await Post.objects.annotate({
      rank: n.Window(n.Rank(), { partitionBy: 'author', orderBy: '-viewCount' }),
      number: n.Window(n.RowNumber(), { orderBy: ['title', n.F('id').desc()] }),
      part: n.Window(n.CumeDist()),
      before: n.Window(n.Lag('viewCount'), { orderBy: 'id' }),
      sure: n.Window(n.Lead('viewCount', { default: 0 }), { orderBy: 'id' }),
      first: n.Window(n.FirstValue('title'), { orderBy: 'id', frame: n.RowRange({ start: -1, end: 0 }) }),
      second: n.Window(n.NthValue('title', 2)),
      tile: n.Window(n.Ntile(4)),
      sum: n.Window(n.Sum('viewCount'), { orderBy: 'id' }),
    })
  )[0]!;
  check<Same<typeof row.rank, number>>();
  check<Same<typeof row.before, number | null>>();
  check<Same<typeof row.sure, number>>();
  check<Same<typeof row.first, string>>();
  check<Same<typeof row.second, string | null>>();
  check<Same<typeof row.sum, number>>();
  // @ts-expect-error misspelled
  Post.objects.annotate({ x: n.Window(n.Lag('nope')) });
}
