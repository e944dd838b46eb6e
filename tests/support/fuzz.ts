import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { z } from 'zod'
import { uuidV7 } from '#core/ids/uuidV7.ts'

/** How many times each thing is tried: few where everything is tested, more by OKPAY_FUZZ_RUNS. */
export const fuzzRuns = (few: number): number => Math.max(few, Number(process.env['OKPAY_FUZZ_RUNS'] ?? 0))

/** Texts that were trouble somewhere: no text, no characters, digits of other scripts, half a character, other programs' grammar, far too much. */
export const nastyTexts: readonly string[] = [
  ...['', ' ', '\0', 'a\0b', '\t\r\n', '\ud800', '\u202eabc', '\ufeff', '😀'.repeat(40), 'é'.normalize('NFD')],
  ...['١٢٣٤٥٦', '１２３４５６', '123456', '-1', '+1', '1e999', 'NaN', 'Infinity', '0x10', '1.00', '0.001', '9'.repeat(60)],
  ...['../../etc/passwd', "'; drop table x; --", '%00', '{{7*7}}', '`1`', '<svg onload=x>', '__proto__', 'constructor', 'null', '[]'],
  ...['a'.repeat(300), 'a'.repeat(20_000), '2026-02-30', '0000-01-01', '2026-11-22T00:00:00.000Z', 'person@okpay.example', '@', 'a@b'],
]

const text = fc.oneof(
  fc.constantFrom(...nastyTexts),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
)

/** Anything that JSON can say. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(fc.jsonValue({ maxDepth: 3 }), text)

const ids = fc.constantFrom(...Array.from({ length: 4 }, () => uuidV7(Date.now(), randomBytes(10))))

type Schema = { readonly [name: string]: unknown }
const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value)
const schemasIn = (value: unknown): readonly Schema[] => (Array.isArray(value) ? value.filter(isSchema) : [])
const numberIn = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise)

function texts(schema: Schema): fc.Arbitrary<unknown> {
  const pattern = typeof schema['pattern'] === 'string' ? schema['pattern'] : undefined
  const fitting =
    schema['format'] === 'uuid'
      ? ids
      : schema['format'] === 'date'
        ? fc.constantFrom('1990-05-17', '2024-02-29', '9999-12-31', '0001-01-01')
        : schema['format'] === 'date-time'
          ? fc.constantFrom('2026-11-22T04:00:00.000Z', '9999-12-31T23:59:59.999Z', '0000-01-01T00:00:00.000Z')
          : pattern !== undefined && !pattern.includes('(?')
            ? fc.stringMatching(new RegExp(pattern))
            : fc.constantFrom('1.00', '24.90', '000000', '123456', 'EUR', 'A', ...nastyTexts)
  const [least, most] = [numberIn(schema['minLength'], 0), numberIn(schema['maxLength'], 20_000)]
  return fitting.map(value => (typeof value === 'string' ? value.padEnd(least, 'A').slice(0, most) : value))
}

function fromSchema(schema: Schema): fc.Arbitrary<unknown> {
  const choices = [...schemasIn(schema['anyOf']), ...schemasIn(schema['oneOf'])]
  if (choices.length > 0) return fc.oneof(...choices.map(fromSchema))
  if ('const' in schema) return fc.constant(schema['const'])
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...schema['enum'])
  switch (schema['type']) {
    case 'object': {
      const members = isSchema(schema['properties']) ? schema['properties'] : {}
      const required = Array.isArray(schema['required']) ? schema['required'].map(String) : []
      const fields = Object.fromEntries(Object.entries(members).map(([name, of]) => [name, isSchema(of) ? fromSchema(of) : anyJson]))
      return fc.record(fields, { requiredKeys: required.filter(name => name in fields) })
    }
    case 'array':
      return fc.array(isSchema(schema['items']) ? fromSchema(schema['items']) : anyJson, {
        minLength: numberIn(schema['minItems'], 0),
        maxLength: Math.min(numberIn(schema['maxItems'], 4), 12),
      })
    case 'string':
      return texts(schema)
    case 'integer':
    case 'number': {
      const [min, max] = [numberIn(schema['minimum'], -(2 ** 53) + 1), numberIn(schema['maximum'], 2 ** 53 - 1)]
      return fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max))
    }
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return anyJson
  }
}

/** Inputs that have the shape of a contract with odd contents, most of the time; the rest has a member changed, or no shape at all. */
export function oddly(contract: z.ZodType): fc.Arbitrary<unknown> {
  const shaped = fromSchema(z.toJSONSchema(contract, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema)
  const spoilt = fc.tuple(shaped, fc.nat(20), anyJson).map(([value, at, odd]) => {
    if (!isSchema(value)) return odd
    const names = Object.keys(value)
    const name = names[at % Math.max(names.length, 1)]
    return name === undefined ? { odd } : { ...value, [name]: odd }
  })
  return fc.oneof({ weight: 6, arbitrary: shaped }, { weight: 3, arbitrary: spoilt }, { weight: 1, arbitrary: anyJson })
}

/** A text that is read, spoilt in a few places: cut, doubled, or with something odd put in. */
export const spoilt = (good: string): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(fc.nat(good.length), fc.nat(40), fc.oneof(text, fc.constant(''), fc.constant(good))), { minLength: 1, maxLength: 4 })
    .map(edits => edits.reduce((now, [at, cut, put]) => now.slice(0, at) + put + now.slice(at + cut), good))
