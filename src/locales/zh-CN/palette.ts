import type { palette as english } from '../en/palette.ts'
import type { Shape } from '../shape.ts'

export const palette: Shape<typeof english> = {
  title: '前往任意页面，执行任意操作',
  placeholder: '输入页面、操作、付款链接，或“充值 50 eur”',
  results: '命令',
  none: '没有这个命令。',
  goTo: '前往{place}',
  payLink: '打开订单 {code}',
  topUpAmount: '充值 {amount}',
  searchActivity: '在账目中搜索“{query}”',
  theme: '主题：{name}',
  language: '语言：{name}',
  hint: '命令',
}
