import type { StatementLine } from './format.ts'

export const csvColumns = [
  'date',
  'time',
  'kind',
  'state',
  'title',
  'reference',
  'amount',
  'currency',
  'fee',
  'balance_after',
  'id',
  'instant',
] as const

type Titles = {
  readonly columns: Readonly<Record<(typeof csvColumns)[number], string>>
  readonly kinds: Readonly<Record<StatementLine['kind'] | 'opening' | 'closing', string>>
  readonly done: string
  readonly statement: string
  readonly from: string
  readonly until: string
  readonly made: string
  readonly start: string
  readonly now: string
  /** The proof in a sentence: opening + sum of so many movements = closing. */
  proof(opening: string, movements: number, sum: string, closing: string): string
}

const en: Titles = {
  columns: {
    date: 'Date',
    time: 'Time',
    kind: 'Kind',
    state: 'State',
    title: 'Title',
    reference: 'Reference',
    amount: 'Amount',
    currency: 'Currency',
    fee: 'Fee',
    balance_after: 'Balance after',
    id: 'ID',
    instant: 'Instant (UTC)',
  },
  kinds: { top_up: 'top-up', payment: 'payment', fee: 'fee', reversal: 'reversal', opening: 'opening balance', closing: 'closing balance' },
  done: 'done',
  statement: 'OKPAY statement',
  from: 'from',
  until: 'until',
  made: 'made',
  start: 'the first movement',
  now: 'the last movement',
  proof: (opening, movements, sum, closing) => `opening ${opening} + ${movements} movements ${sum} = closing ${closing}`,
}

const zhCN: Titles = {
  columns: {
    date: '日期',
    time: '时间',
    kind: '类型',
    state: '状态',
    title: '名称',
    reference: '参考号',
    amount: '金额',
    currency: '币种',
    fee: '手续费',
    balance_after: '变动后余额',
    id: '编号',
    instant: '时刻（UTC）',
  },
  kinds: { top_up: '充值', payment: '付款', fee: '手续费', reversal: '冲正', opening: '期初余额', closing: '期末余额' },
  done: '已完成',
  statement: 'OKPAY 对账单',
  from: '自',
  until: '至',
  made: '生成于',
  start: '第一笔',
  now: '最后一笔',
  proof: (opening, movements, sum, closing) => `期初 ${opening} + ${movements} 笔变动 ${sum} = 期末 ${closing}`,
}

/** The words on a statement. Its file is made in the thread of the database, which has no other words; English where a language has none. */
export const titlesIn = (locale: string): Titles => (locale === 'zh-CN' ? zhCN : en)
