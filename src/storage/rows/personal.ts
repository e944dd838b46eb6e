import type { Register } from '#core/personal/register.ts'
import type { NumberedRegister } from '../featureRepositories.ts'
import { columnsOf } from './columns.ts'

export type PersonalRow = Omit<Register, 'stamp'> & Register['stamp'] & { readonly holderId: string; readonly n: number }

export const personalColumns = columnsOf<PersonalRow>({
  holderId: 'holder_id',
  subject: 'subject',
  field: 'field',
  value: 'value',
  ms: 'ms',
  count: 'count',
  device: 'device',
  n: 'n',
})

export const registerOf = ({ subject, field, value, ms, count, device, n }: PersonalRow): NumberedRegister => ({
  subject,
  field,
  value,
  stamp: { ms, count, device },
  n,
})

export const personalRow = (holderId: string, { stamp, ...register }: NumberedRegister): PersonalRow => ({
  ...register,
  ...stamp,
  holderId,
})
