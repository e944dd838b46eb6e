import type { RuleName } from '#core/risk/rules/index.ts'

const reasons: Record<RuleName, string> = {
  velocity: '付款比平时频繁：一小时内 {hour} 笔，一天内 {day} 笔；首次付款的收款方有 {newPayees} 个。',
  amount_history: '{eurAmount} 是以往最大一笔的 {times} 倍，当天合计是以往最多一天的 {dayTimes} 倍。',
  new_payee_large: '向本账户首次付款的收款方支付 {eurAmount}；此前{payers, plural, =0 {没有其他账户} other {有 # 个其他账户}}向其付过款。',
  new_device_large: '支付 {eurAmount} 的电脑，本账户只用了 {hours} 小时。',
  night: '付款时间在 {hour} 点左右，本账户几乎从不在这个时间付款。',
  country_jump: '付款来自{country}{hours, select, none {，本账户很少在那里使用} other {；{hours} 小时前本账户还在另一个国家或地区使用}}。',
  small_then_large: '先有 {count} 笔小额付款，随后一笔为 {eurAmount}。',
  much_to_one:
    '约一个月内已向该收款方支付 {eurAmount}，是平时付给其他所有收款方总额的 {times} 倍；此前{payers, plural, =0 {没有其他账户} other {有 # 个其他账户}}向其付过款。',
  mule_pattern: '转入的款项有 {percent}% 在 {hours} 小时后又转出；首次向本账户转款的人有 {payers} 位。',
  dormant_wakes: '本账户此前已有 {days} 天没有付款。',
  structuring: '三天内有 {count} 笔付款，每笔都略低于单笔限额。',
  failed_codes: '一天内输错了 {count} 次验证码或密码。',
  payee_reported: '有 {count} 个其他账户举报过这个收款方。',
  shared_device: '这台电脑上还使用过另外 {count} 个账户；电脑上有 {stopped} 笔付款没有得到本人确认。',
}

export const risk = { reasons }
