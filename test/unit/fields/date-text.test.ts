import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dateFromText, microsecondsFromText, textFromDate, textFromMicroseconds } from '../../../src/util/date-text.js';

const date = fc.date({
  min: new Date('0001-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});

it('every date is read as it was written', () => {
  fc.assert(
    fc.property(date, (value) => {
      expect(dateFromText(textFromDate(value)).getTime()).toBe(value.getTime());
      expect(dateFromText(value.toISOString()).getTime()).toBe(value.getTime());
    }),
  );
});

it('every microsecond is read as it was written', () => {
  fc.assert(
    fc.property(date, fc.integer({ min: 0, max: 999 }), (value, rest) => {
      const micros = BigInt(value.getTime()) * 1000n + BigInt(rest);
      expect(microsecondsFromText(textFromMicroseconds(micros))).toBe(micros);
    }),
  );
});

it('moments are written alike whether they follow one of the same day or of another', () => {
  fc.assert(
    fc.property(date, fc.integer({ min: -86_400_000, max: 86_400_000 }), (value, away) => {
      const other = new Date(value.getTime() + away);
      fc.pre(other.getUTCFullYear() >= 1 && other.getUTCFullYear() <= 9999);
      for (const each of [value, other, value]) {
        const [day, time] = [each.toISOString().slice(0, 10), each.toISOString().slice(11, 23)];
        expect(textFromDate(each)).toBe(`${day} ${time.endsWith('.000') ? time.slice(0, 8) : `${time}000`}`);
      }
    }),
  );
});
