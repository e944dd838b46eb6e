import type { accountLock as english } from '../en/accountLock.ts'
import type { Shape } from '../shape.ts'

/** 冻结账户，以及由服务锁定的账户。 */
export const accountLock: Shape<typeof english> = {
  title: '冻结账户',
  sub: '设备丢失，或发现异常时使用：在您解冻之前，任何设备都无法从账户转出资金。',
  act: '冻结我的账户',
  askTitle: '现在冻结账户？',
  stops: '从这一刻起，无论谁、用哪台设备，都无法从您的账户付款。',
  goesOn: '仍可收款。已预留的付款照常完成。帮助、对账单和导出不受影响。',
  wayApp: '解冻时需要您的账户密码和验证器应用的验证码。',
  wayMail: '解冻时需要您的账户密码和我们发到邮箱的验证码，并等待一天。',
  frozen: '账户已冻结，资金无法转出。',
  standsTitle: '您的账户已锁定',
  standsTitle_holder: '您的账户已冻结',
  standsTitle_service: '您的账户已被我们锁定',
  since:
    '自 {at} 起：{reason, select, asked {由您冻结} mail_link {通过我们邮件中的链接冻结} not_me {您表示有一笔付款不是本人操作} risk {有一笔付款与您平时的习惯不同} report {有人反映的情况需要我们核查} other {我们正在核查您的账户}}。资金无法转出；收款、帮助、对账单和导出不受影响。',
  liftedBy_service: '情况查清后，由我们的两位工作人员共同解锁。请联系我们，会有专人告诉您需要做什么。',
  opens: '将于 {at} 解冻。不是您本人操作？请重新冻结。',
  unlock: '解冻账户',
  unlockTitle: '解冻您的账户？',
  password: '账户密码',
  next: '下一步',
  freezeAgain: '保持冻结',
  keptFrozen: '解冻已取消，账户保持冻结。',
  unlocked: '账户已解冻，可以付款了。',
  willOpen: '账户将于 {at} 解冻。我们会通知您的所有设备并发送邮件。',
  past: '以往记录',
  step_set: '锁定',
  step_opening: '申请解冻',
  step_agreed: '第一位工作人员已同意',
  step_stopped: '取消解冻',
  step_lifted: '已解冻',
  ask: '联系客服',
  see: '查看如何解冻',
}
