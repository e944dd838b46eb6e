import { createHash } from 'node:crypto'
import { createFileReader } from '#core/rails/bank/format.ts'
import type { BankFileReader, FileVerdict, StatementHeader, StatementLine, StatementVerdict } from '#core/rails/bank/statement.ts'
import { bankFiles } from '#core/rails/index.ts'

export type Read = {
  readonly headers: readonly StatementHeader[]
  readonly lines: readonly StatementLine[]
  readonly verdicts: readonly StatementVerdict[]
  readonly file: FileVerdict
}

export const digest = (text: string): string => createHash('sha256').update(text).digest('base64')
export const decodingFor = (label: string): TextDecoder => new TextDecoder(label, { fatal: true })

function gather() {
  const headers: StatementHeader[] = []
  const lines: StatementLine[] = []
  const verdicts: StatementVerdict[] = []
  const sink = {
    opened: (header: StatementHeader) => headers.push(header),
    line: (line: StatementLine) => lines.push(line),
    closed: (verdict: StatementVerdict) => verdicts.push(verdict),
  }
  return { headers, lines, verdicts, sink }
}

function through<Piece>(make: (sink: ReturnType<typeof gather>['sink']) => BankFileReader<Piece>, pieces: Iterable<Piece>): Read {
  const { headers, lines, verdicts, sink } = gather()
  const reader = make(sink)
  for (const piece of pieces) reader.write(piece)
  return { headers, lines, verdicts, file: reader.end() }
}

export const readText = (...pieces: readonly string[]): Read => through(sink => bankFiles.camt053.createReader(sink), pieces)
export const readBytes = (...pieces: readonly Uint8Array[]): Read =>
  through(sink => createFileReader(bankFiles.camt053, sink, { decodingFor }), pieces)

/** The code for which a file was refused; '' where it was not. */
export const refusalOf = (read: Read): string => (read.file.ok ? '' : read.file.problem.code)

type Parts = { version?: string; account?: string; balances?: string; entries?: string; statements?: string }

export const balance = (kind: string, value: string, currency = 'EUR', on = '2026-11-20', way = 'CRDT', more = ''): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${kind}</Cd></CdOrPrtry>${more}</Tp><Amt Ccy="${currency}">${value}</Amt><CdtDbtInd>${way}</CdtDbtInd><Dt><Dt>${on}</Dt></Dt></Bal>`

type EntryParts = {
  value?: string
  currency?: string
  way?: string
  status?: string
  ref?: string
  details?: string
  more?: string
  on?: string
}
export const entry = ({
  value = '10.00',
  currency = 'EUR',
  way = 'CRDT',
  status = '<Sts>BOOK</Sts>',
  ref = '',
  details = '',
  more = '',
  on = '2026-11-20',
}: EntryParts = {}): string =>
  `<Ntry><Amt Ccy="${currency}">${value}</Amt><CdtDbtInd>${way}</CdtDbtInd>${more}${status}<BookgDt><Dt>${on}</Dt></BookgDt><ValDt><Dt>${on}</Dt></ValDt>${ref && `<AcctSvcrRef>${ref}</AcctSvcrRef>`}${details && `<NtryDtls>${details}</NtryDtls>`}</Ntry>`

export const paid = (words: string, more = ''): string => `<TxDtls>${more}<RmtInf><Ustrd>${words}</Ustrd></RmtInf></TxDtls>`

export const document = ({
  version = '053.001.08',
  account = '<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>',
  balances = balance('OPBD', '100.00') + balance('CLBD', '110.00'),
  entries = entry(),
  statements = `<Stmt><Id>S1</Id>${account}${balances}${entries}</Stmt>`,
}: Parts = {}): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.${version}"><BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId></GrpHdr>${statements}</BkToCstmrStmt></Document>`
