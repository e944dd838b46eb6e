import type { Fix } from '#core/failure/declines.ts'

export const fixes: Record<Fix, string> = {
  unlock: '解锁钱包',
  sign_in: '登录',
  resend_code: '重新发送验证码',
  other_email: '换一个邮箱',
  other_password: '换一个密码',
  correct_input: '去改正',
  open_currency: '开通{currency, select, none {该货币} other { {currency}}}',
  top_up_missing: '充值{missing, select, none {差额} other { {missing}}}',
  see_limits: '查看我的限额',
  raise_limit: '申请提高限额',
  split_days: '分几天支付',
  verify: '完善身份信息',
  other_method: '在商店改用其他方式付款',
  back_to_shop: '返回商店',
  see_receipt: '查看回执',
  review_again: '重新核对',
  use_other_link: '换一个链接或短码',
  retry: '重试',
  see_evidence: '查看不符之处',
  ask: '联系客服',
}
