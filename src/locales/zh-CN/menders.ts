import type { menders as english } from '../en/menders.ts'
import type { Shape } from '../shape.ts'

export const menders: Shape<typeof english> = { you: '您本人', your_bank: '您的银行', merchant: '商家', okpay: 'OKPAY' }
