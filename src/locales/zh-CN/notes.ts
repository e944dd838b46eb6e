import type { notes as english } from '../en/notes.ts'
import type { Shape } from '../shape.ts'

export const notes: Shape<typeof english> = {
  title: '标签与备注',
  labels: '标签',
  label: '新标签',
  labelPlaceholder: '餐饮、出差、房租',
  add: '添加',
  addKnown: '添加标签“{label}”',
  remove: '移除标签“{label}”',
  show: '查看带有标签“{label}”的全部账目',
  suggestions: '您常用的标签',
  note: '备注',
  notePlaceholder: '用在何处，或与谁一起',
  hint: '只显示给您本人，会同步到您的其他设备。OKPAY 会保存并且能够读取，请勿填写密码或验证码。',
  saving: '正在保存',
  kept_here: '已保存在本机，连上 OKPAY 后会同步到您的其他设备。',
  kept_everywhere: '已保存，您的所有设备都能看到。',
  filter: '标签',
  allLabels: '全部标签',
  withCount: '{label}（{count}）',
  more: '另有 {count} 个',
}
