import type { RuleName } from '#core/risk/rules/index.ts'

const reasons: Record<RuleName, string> = {
  velocity: '付款比平时频繁：一小时内 {hour} 笔，一天内 {day} 笔；首次付款的收款方有 {newPayees} 个。',
  amount_history: '{eurAmount} 是以往最大一笔的 {times} 倍，当天合计是以往最多一天的 {dayTimes} 倍。',
  new_payee_large: '向本账户首次付款的收款方支付 {eurAmount}；此前{payers, plural, =0 {没有其他账户} other {有 # 个其他账户}}向其付过款。',
  new_device_large: '支付 {eurAmount} 的电脑，本账户只用了{hours, plural, =0 {不到 1 小时} other { # 小时}}。',
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

export const risk = {
  reasons,
  slip_challenge: '这笔付款看起来不同寻常，因此需要验证码：',
  slip_hold: '这笔付款看起来不同寻常。款项会先冻结，我们的工作人员审核后才会付给商家：',
  title_asked: '有人要向 {shop} 支付 {amount}，但未经确认。是您本人吗？',
  title_confirmed: '向 {shop} 支付的 {amount} 已用验证码确认。是您本人吗？',
  title_waiting: '向 {shop} 支付的 {amount} 正在等待我们审核。是您本人吗？',
  title_refused: '向 {shop} 支付的 {amount} 已被拦截。是您本人吗？',
  title_lapsed: '向 {shop} 支付的 {amount} 已退回给您。是您本人吗？',
  title_approved: '向 {shop} 支付的 {amount} 已获批准。',
  title_denied: '向 {shop} 支付的 {amount} 不是您本人操作。',
  slipNote: '确认前可随时取消。我们若未及时作出决定，款项将退回给您。',
  toLook: '我们的工作人员审核',
  waits: '向 {shop} 支付的 {amount} 正在等待我们审核',
  from: '来自 {device}，{at}。',
  until: '我们会在 {at} 前作出决定；逾期款项将退回给您。',
  me: '是我本人',
  notMe: '不是我',
  notMeDoes: '如果不是您本人，付款会立即停止，那台设备会退出登录，我们的工作人员也会得知。',
  notMeDoesHere: '如果不是您本人，付款会立即停止，我们的工作人员也会得知。',
  thanks: '谢谢，我们已记下这是您本人操作。',
  stopped: '付款已停止，我们的工作人员已得知。',
}
