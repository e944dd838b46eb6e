import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openDatabase } from '#storage/postgres/database.ts'
import { postgresOfThisFile } from '../../support/postgres.ts'

const postgres = postgresOfThisFile()

test('lists of texts come back as they were said, whatever is in them', async context => {
  const db = await openDatabase({ url: await (await postgres(context)).emptyDatabase(), migrations: [] })
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('', 'NULL', '{"a":"\\"}"}', "it's", '\u0000', '\\x00', 'ü李\u{1F375}'),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(text), { maxLength: 40 }), async texts => {
      const back = await db.write(tx =>
        tx.all<{ text: string | null; n: number }>(
          'SELECT text, n FROM unnest(CAST($1 AS TEXT[]), CAST($2 AS BIGINT[])) AS list (text, n)',
          texts,
          [...texts.keys()],
        ),
      )
      expect(back).toEqual(texts.map((one, n) => ({ text: one?.replaceAll('\0', '\u2400') ?? null, n })))
    }),
    { numRuns: 200 },
  )
  await db.close()
})
