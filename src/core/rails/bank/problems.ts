/**
 * `of` is what the problem spoils: the whole file, every entry of one statement, or one line.
 * `effect` is what follows: the file is refused, the line waits in the operator's list, or it is told and nothing else (nobody has anything to do).
 * `who` can mend it.
 */
type ProblemRow = {
  readonly of: 'file' | 'statement' | 'line'
  readonly effect: 'refuse' | 'wait' | 'pass'
  readonly who: 'bank' | 'operator' | 'payer' | 'okpay' | 'nobody'
}

const file = (who: ProblemRow['who']) => ({ of: 'file', effect: 'refuse', who }) as const
const statement = (who: ProblemRow['who']) => ({ of: 'statement', effect: 'wait', who }) as const
const line = (who: ProblemRow['who']) => ({ of: 'line', effect: 'wait', who }) as const
const told = { of: 'line', effect: 'pass', who: 'nobody' } as const

/**
 * Everything that can be wrong with a bank file, closed and ordered: where several hold, the first is told. The codes type the sentences of
 * the locales. Those marked "service" are found by comparing a line with the books; all others by the reader.
 */
export const statementProblems = {
  empty: file('operator'),
  encoding_wrong: file('bank'),
  not_xml: file('operator'),
  xml_doctype: file('bank'),
  too_deep: file('bank'),
  text_too_long: file('bank'),
  entry_too_big: file('bank'),
  namespace_wrong: file('bank'),
  not_a_statement: file('operator'),
  version_unknown: file('okpay'),
  truncated: file('operator'),
  no_statements: file('operator'),

  account_missing: statement('bank'),
  account_unknown: statement('operator'), // service: not an account of OKPAY
  entry_unreadable: statement('bank'),
  balance_unreadable: statement('bank'),
  too_many_balances: statement('bank'),
  no_balances: statement('bank'),
  opening_missing: statement('bank'),
  closing_missing: statement('bank'),
  balances_contradict: statement('bank'),
  does_not_add_up: statement('bank'),

  already_seen: told, // service
  reversed: line('operator'),
  returned: line('operator'),
  debit: told,
  information_only: told,
  direction_missing: line('bank'),
  amount_missing: line('bank'),
  amount_malformed: line('bank'),
  amount_negative: line('bank'),
  amount_zero: line('bank'),
  too_many_decimals: line('bank'),
  currency_missing: line('bank'),
  currency_unknown: line('okpay'),
  status_unknown: line('bank'),
  pending: line('nobody'),
  lines_do_not_add_up: line('operator'),
  no_reference: line('payer'),
  reference_unknown: line('payer'), // service
  several_references: line('operator'), // service: more than one known
  top_up_finished: line('operator'), // service
  amount_differs: line('operator'), // service
  currency_not_held: line('operator'), // service
} as const satisfies Record<string, ProblemRow>

export type StatementProblemCode = keyof typeof statementProblems
type CodeOf<Of extends ProblemRow['of']> = {
  [Code in StatementProblemCode]: (typeof statementProblems)[Code]['of'] extends Of ? Code : never
}[StatementProblemCode]

/** What a problem says beside its code: texts of the file, amounts as decimals, places as "line:column". */
export type ProblemDetail = Readonly<Record<string, string>>
export type Problem<Code extends StatementProblemCode = StatementProblemCode> = { readonly code: Code; readonly detail: ProblemDetail }
export type FileProblem = Problem<CodeOf<'file'>>
export type StatementProblem = Problem<CodeOf<'statement'>>
export type LineProblem = Problem<CodeOf<'line'>>

export const statementProblemCodes = Object.keys(statementProblems) as readonly StatementProblemCode[]

export const problem = <Code extends StatementProblemCode>(code: Code, detail: ProblemDetail = {}): Problem<Code> => ({ code, detail })

/** In the order of {@link statementProblems}, so that the first is the one to tell. */
export const byOrder = (a: Problem, b: Problem): number => statementProblemCodes.indexOf(a.code) - statementProblemCodes.indexOf(b.code)
