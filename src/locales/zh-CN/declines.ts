import type { DeclineCode } from '#core/failure/declines.ts'

export const declines: Record<DeclineCode, { what: string; next: string }> = {
  input_invalid: { what: '表单里有内容不对。', next: '请改正标出的地方，再提交一次。' },
  wallet_locked: { what: '钱包已锁定。', next: '解锁后即可继续。' },
  not_signed_in: { what: '您还没有登录。', next: '登录后即可继续。' },
  not_allowed: { what: '此账户没有这项权限。', next: '如果您认为应该有，请联系我们。' },
  not_found: { what: '没有找到这一项。', next: '请核对是否输错了字符。' },
  device_revoked: { what: '这台设备已被移出账户。', next: '重新登录后即可使用。' },
  session_expired: { what: '这台设备的登录已到期。', next: '请重新登录：这里的内容都会保留，待发送的也会随后发出。' },
  session_stale: { what: '本次登录的凭证需要更新。', next: '钱包会自动更新，请再试一次。' },
  signature_invalid: { what: '这台设备的签名未通过核验。', next: '没有扣款。请重新登录；如果仍不行，请联系我们。' },
  id_reused: { what: '同一编号已用于另一笔内容。', next: '没有扣款。请重新核对并确认。' },
  device_name_invalid: { what: '这个名称不能用于设备。', next: '请填写 1 到 60 个可见字符。' },
  feed_compacted: { what: '较早的动态已整理为精简记录。', next: '钱包会自动读取精简记录，不会丢失任何内容。' },
  sandbox_only: { what: '只有沙盒里有这项功能。', next: '正式服务由真实的银行办理。' },
  provider_mismatch: { what: '服务端提供的账目对不上，本钱包暂停付款。', next: '没有扣款。请保存证据并联系我们；何时继续由您决定。' },

  app_password_wrong: {
    what: '应用密码不对。',
    next: '{triesLeft, select, none {请留意大小写和键盘布局。} other {再错 {triesLeft} 次就需要等待。}}',
  },
  app_password_wait: { what: '密码输错次数过多。', next: '{at, select, none {请稍等片刻，} other {{at} 后}}可以再试。' },
  app_password_required: { what: '这台电脑需要设置应用密码。', next: '系统没有可信的钥匙串，只能由密码来保护钱包。' },
  app_password_weak: { what: '这个密码太容易被猜到。', next: '四个互不相干的词连在一起就很强。' },
  wallet_exists: { what: '这台电脑上已有钱包。', next: '请直接解锁。' },
  service_address_invalid: { what: '这不是 OKPAY 服务的地址。', next: '地址以 https:// 开头，由服务的运营方提供。' },
  signed_in_elsewhere: { what: '这个钱包已属于另一个账户。', next: '请先退出登录，或为第二个账户另选文件夹。' },

  email_invalid: { what: '邮箱格式不对。', next: '应类似 name@example.org。' },
  email_throwaway: {
    what: '{domain, select, none {这个网站} other {{domain} }}提供的是一次性邮箱。',
    next: '关于您资金的通知将无法送达，请换一个长期使用的邮箱。',
  },
  code_wrong: { what: '验证码不对。', next: '{triesLeft, select, none {请核对最近一封邮件。} other {还可以试 {triesLeft} 次。}}' },
  code_expired: { what: '验证码已过期。', next: '验证码 10 分钟内有效，请重新发送。' },
  code_tries_used_up: { what: '验证码输错次数过多。', next: '它已作废，请重新发送。' },
  code_resend_wait: { what: '验证码刚刚发出。', next: '{at, select, none {一分钟后} other {{at} 后}}可以再发。' },
  name_invalid: { what: '这个姓名无法使用。', next: '请按证件上的写法填写，任何文字都可以。' },
  country_unknown: { what: '列表里没有这个国家或地区。', next: '请从列表中选择。' },
  birth_date_invalid: { what: '出生日期不对。', next: '请检查年、月、日。' },
  password_too_short: { what: '密码太短。', next: '{min, select, none {越长越安全。} other {至少 {min} 个字符。}}' },
  password_too_long: { what: '密码太长。', next: '{max, select, none {请缩短一些。} other {最多 {max} 个字符。}}' },
  password_common: { what: '这是一个常见密码。', next: '它会最先被猜到，请换一个。' },
  password_personal: { what: '密码里含有您的个人信息。', next: '请不要使用姓名、邮箱和生日。' },
  credentials_wrong: { what: '邮箱或密码不对。', next: '请核对两项，密码区分大小写。' },
  sign_in_wait: { what: '登录尝试次数过多。', next: '{at, select, none {请稍等片刻，} other {{at} 后}}可以再试。' },

  link_malformed: {
    what: '这不是 OKPAY 付款链接或短码。',
    next: '链接以 okpay://pay/ 开头，短码有八个字符，例如 K7F3-9QTX，都可在商店的页面上找到。',
  },
  link_other_service: {
    what: '这个订单属于另一个 OKPAY 服务。',
    next: '{service, select, none {} other {它由 {service} 生成。}}这个钱包无法支付。',
  },
  qr_unreadable: { what: '图片里没有找到二维码。', next: '请截取完整、端正、清晰的二维码，或输入短码。' },

  order_unknown: { what: '没有这个订单。', next: '请核对短码，或到商店重新复制链接。' },
  order_already_paid: { what: '这个订单已经付过款。', next: '没有重复扣款。' },
  order_cancelled: { what: '订单已取消。', next: '没有扣款。商店可以重新下单。' },
  order_expired: { what: '订单已过期。', next: '{at, select, none {} other {付款截止时间为 {at}。}}没有扣款，请到商店重新下单。' },
  order_changed: { what: '您核对之后订单有变动。', next: '没有扣款，请重新核对。' },
  security_hold: { what: '付款因安全核查暂停。', next: '没有扣款。联系我们，由专人为您处理。' },
  merchant_restriction: { what: '商家不接受这笔付款。', next: '没有扣款，请在商店换一种付款方式。' },
  currency_not_held: {
    what: '您还没有{currency, select, none {该货币} other { {currency} }}余额。',
    next: '没有扣款。开通免费。',
  },
  over_payment_limit: {
    what: '超过单笔限额。',
    next: '{limit, select, none {} other {您的单笔限额为 {limit}。}}没有扣款。',
  },
  over_daily_limit: {
    what: '超过今日限额。',
    next: '{limit, select, none {} other {您的单日限额为 {limit}{used, select, none {} other {，已用 {used}}}。}}{at, select, none {} other {{at}恢复。}}',
  },
  insufficient_funds: {
    what: '{missing, select, none {余额不足。} other {余额不足，还差 {missing}。}}',
    next: '{available, select, none {} other {可用余额 {available}。}}没有扣款。',
  },

  amount_invalid: {
    what: '金额无法使用。',
    next: '{min, select, none {} other {最低 {min}。}}{max, select, none {} other {最高 {max}。}}请用数字和一个小数点填写。',
  },
  currency_not_offered: { what: '这里不支持该货币。', next: '请从列表中选择。' },
  top_up_finished: { what: '这笔充值已结束。', next: '如需继续，请新建一笔。' },
  limit_request_open: { what: '您已申请过提高限额。', next: '我们会先答复那一次申请。' },

  account_unknown: { what: '找不到这笔账目涉及的账户。', next: '没有扣款。请带上本页的编号联系我们。' },
  account_frozen: { what: '这个余额已被冻结。', next: '没有扣款。请联系我们，会有人告诉您原因和期限。' },
  account_closed: { what: '这个余额已关闭。', next: '没有扣款。请联系我们重新开启。' },
  account_not_empty: { what: '这个余额里还有钱。', next: '请先把钱转出，再关闭余额。' },
  command_invalid: { what: '这笔变动的格式不正确。', next: '没有扣款。请联系我们，并提供本页的参考号。' },
  legs_unbalanced: { what: '这笔账目不平。', next: '没有扣款。请带上本页的编号联系我们。' },
  hold_unknown: { what: '没有为此冻结过资金。', next: '没有扣款。请带上本页的编号联系我们。' },
  hold_resolved: { what: '为此冻结的资金已使用或解冻。', next: '没有再次扣款。' },
  hold_expired: { what: '为此冻结的资金已解冻。', next: '没有扣款，请重新核对订单。' },
  hold_not_expired: { what: '为此冻结的金额尚未到期。', next: '到期之前会继续冻结。' },
  capture_above_hold: { what: '商家要求的金额超过冻结金额。', next: '没有扣款，请联系我们。' },

  posting_unknown: { what: '没有可以撤回的这笔变动。', next: '没有任何改动。请联系我们，并提供本页的参考号。' },
  posting_reversed: { what: '这笔变动已经撤回过了。', next: '没有再次改动。' },

  note_too_long: { what: '备注太长了。', next: '{max, select, none {} other {最多 {max} 个字，}}删短后即可保存。' },
  label_invalid: { what: '这个标签不能用。', next: '{max, select, none {标签不能为空，也不能太长。} other {标签须为 1 到 {max} 个字。}}' },
  labels_too_many: { what: '这笔账目的标签已经够多了。', next: '{max, select, none {} other {最多 {max} 个，}}请先去掉一个。' },
  contact_name_invalid: {
    what: '这个名称不能用。',
    next: '{max, select, none {名称不能为空，也不能太长。} other {名称须为 1 到 {max} 个字。}}',
  },
  contacts_full: { what: '联系人已满。', next: '{max, select, none {} other {最多 {max} 位，}}请先移除不再需要的。' },
  notes_full: { what: '备注、标签和联系人已没有空间。', next: '请联系我们；已写下的内容都会保留。' },
  dated_ahead: { what: '本机的时钟不对。', next: '您写的内容已保存在本机，时间校正后会自动发送。' },

  export_period_invalid: { what: '这段时间不对。', next: '开始日期须早于结束日期。' },
  export_unknown: { what: '这次导出已不在。', next: '请重新导出。' },
}
