import type { mail as english } from '../en/mail.ts'
import type { Shape } from '../shape.ts'

export const mail: Shape<typeof english> = {
  code: {
    subject: '您的 {service} 验证码',
    text: '您的验证码是\n\n    {code}\n\n{minutes} 分钟内有效。请在 OKPAY 中输入，继续注册。\n\n{service} 的任何人都不会向您索要验证码。如果您没有申请验证码，请忽略这封邮件：没有它，什么都不会发生。',
  },
  hasAccount: {
    subject: '您已经有 {service} 账户',
    text: '刚刚有人（可能是您）试图用这个邮箱注册。这个邮箱已经有账户，因此没有新建。\n\n要使用它，请在 OKPAY 中选择“登录”，输入这个邮箱和您的密码。\n\n如果不是您本人操作，无需做任何事：没有人因此得知您有账户。',
  },
  noAccount: {
    subject: '这个邮箱没有 {service} 账户',
    text: '刚刚有人（可能是您）申请为使用这个邮箱的账户设置新密码，但这个邮箱没有账户。\n\n您可能是用另一个邮箱注册的。如果不是您本人操作，无需做任何事。',
  },
  resetCode: {
    subject: '您设置新密码的验证码',
    text: '您的验证码是\n\n    {code}\n\n{minutes} 分钟内有效。请在 OKPAY 中输入，然后设置新密码。\n\n{service} 的任何人都不会向您索要验证码。如果您没有申请新密码，请忽略这封邮件：没有验证码，什么都不会发生。',
  },
  factorCode: {
    subject: '{act, select, sign_in {您的登录验证码} payment {您的付款验证码} other {您的更改验证码}}',
    text: '您的验证码是\n\n    {code}\n\n{minutes} 分钟内有效，且仅用于：\n\n    {act, select, sign_in {在一台新设备上登录} payment {向 {whom} 支付 {amount}} device {让设备 {whom} 退出登录} limit {申请 {amount} 的限额} contact {更改账户的{whom, select, email {邮箱} phone {电话号码} other {通讯地址}}} password {修改密码} app_off {关闭验证器应用} mail_on {开启邮件验证码} mail_off {关闭邮件验证码} unfreeze {解冻您冻结的账户} recovery {生成新的恢复码} phrase {修改邮件暗语} other {改为仅对超过 {amount} 的付款要求验证码}}\n\n{service} 的任何人都不会向您索要验证码。如果不是您本人操作，请不要告诉任何人，并立即写信给 {supportEmail}。',
  },
  contactCode: {
    subject: '您的 {service} 验证码',
    text: '您的验证码是\n\n    {code}\n\n{minutes} 分钟内有效。在 OKPAY 中输入后，此{what, select, email {邮箱} other {电话号码}}即成为您账户的{what, select, email {邮箱} other {电话号码}}。\n\n{service} 的任何人都不会向您索要验证码。如果您没有申请验证码，请忽略本邮件，不会有任何变化。',
  },
  contactChanged: {
    subject: '{what, select, email {您账户的邮箱已更改} phone {您账户的电话号码已更改} other {您账户的地址已更改}}',
    text: '{name}，您好：\n\n{what, select, email {您账户的邮箱已更改为 {masked}} phone {您账户的电话号码已更改为 {masked}} other {您账户的通讯地址已更改}}（{at}）。\n\n如果是您本人操作，无需处理。如果不是，请在 {until} 之前用此链接撤销：\n\n    {url}\n\n撤销后，申请更改的设备以及此后登录的设备都会被退出登录。随后请写信给 {supportEmail}。',
  },
  contactUndone: {
    subject: '{what, select, email {您账户的邮箱已恢复} phone {您账户的电话号码已恢复} other {您账户的地址已恢复}}',
    text: '{name}，您好：\n\n更改已通过我们邮件中的链接撤销（{at}），申请更改的设备以及此后登录的设备已退出登录。\n\n如果更改不是您申请的，说明有人知道您的密码：请在 OKPAY 的“设置”中修改密码，并写信给 {supportEmail}。',
  },
  safety: {
    subject:
      '{what, select, app_on {验证器应用已开始保护您的账户} app_off {您账户的验证器应用已关闭} mail_on {邮件验证码已开启} mail_off {邮件验证码已关闭} recovery_renewed {您有了新的恢复码} recovery_used {有一个恢复码被使用} password_changed {您的密码已修改} phrase_changed {您的邮件暗语已修改} reset_waiting {有人申请设置新密码} other {新密码已被阻止}}',
    text: '{name}，您好：\n\n{what, select, app_on {自 {at} 起，登录和大额付款时我们会要求验证器应用的验证码。请把恢复码保存在没有手机时也能找到的地方。} app_off {您账户的验证器应用已关闭（{at}）。现在仅凭密码即可登录。} mail_on {自 {at} 起，验证码也可以发到这个邮箱。它不如验证器应用安全：能看到您邮件的人就能看到验证码。} mail_off {验证码不再发到这个邮箱（{at}）。} recovery_renewed {您有了十个新的恢复码（{at}），旧的已失效。} recovery_used {您的一个恢复码已被使用（{at}）。每个只能用一次，用完之前请在 OKPAY 的“设置”中生成新的。} password_changed {您账户的密码已修改（{at}）。} phrase_changed {您的邮件暗语已修改（{at}）。从现在起，我们发给您的每封邮件都带有新的暗语。} reset_waiting {有人为您的账户申请了新密码（{at}），并输入了发到这个邮箱的验证码。由于您的账户没有验证器应用，新密码要到以下时间才生效：\n\n    {until}\n\n如果不是您本人操作，请在此之前阻止：在已登录的设备上打开 OKPAY 的“设置”，或用现在的密码登录一次。} other {申请的新密码已被阻止（{at}），现在的密码继续有效。}}\n\n如果不是您本人操作，请立即写信给 {supportEmail}。',
  },
  welcome: {
    subject: '您的 {service} 账户已开通',
    text: '{name}，您好：\n\n您的账户已开通，这台设备已登录：\n\n    {device}\n    {at}\n\n如果不是您本人操作，请立即写信给 {supportEmail}。',
  },
  newDevice: {
    subject: '有新设备登录了您的账户',
    text: '{name}，您好：\n\n一台我们不认识的设备用您的密码登录了您的账户：\n\n    {device}\n    {at}\n\n如果是您本人操作，无需做任何事。如果不是，请立即写信给 {supportEmail}：我们会停止所有付款，并让该设备退出登录。',
  },
  deviceRevoked: {
    subject: '有设备被移出了您的账户',
    text: '{name}，您好：\n\n您的另一台设备让这台设备退出了登录：\n\n    {device}\n    {at}\n\n它不能再查看账户，也不能付款。如果不是您本人操作，请立即写信给 {supportEmail}。',
  },
  answered: {
    subject: '您的问题 {number} 已有答复',
    text: '{name}，您好：\n\n您问过我们（问题 {number}）：\n\n{question}\n\n我们的答复：\n\n{answer}\n\n您也可以在 OKPAY 的“帮助”中看到它。',
  },
  identity: {
    subject:
      '{what, select, in_review {我们已收到您提交的资料} verified {您的身份认证前进了一步} rejected {您的一项身份资料未通过} expired {您的身份证件已过期} other {您的身份认证还需补充资料}}',
    text: '{name}，您好：\n\n{what, select, in_review {我们已收到您在“{step, select, details {个人信息} document {身份证件} other {财务状况}}”一步提交的资料。将由专人审核，通常一天之内完成，结果会通知您。} verified {“{step, select, details {个人信息} document {身份证件} other {财务状况}}”一步已通过。您的限额请见 OKPAY 的“设置”。} rejected {“{step, select, details {个人信息} document {身份证件} other {财务状况}}”一步未通过。{code, select, unreadable {图片无法辨认：有缺角、模糊或反光。} expired {证件已过期。} not_accepted {不接受这类证件。} other_person {证件与账户本人不符。} altered {图片或证件经过改动。} incomplete {缺少某一页或某一面。} not_served {您所在地区暂不提供此服务。} other {}}\n\n{sentence}\n\n您可以在 OKPAY 的“设置”中重新提交。} expired {您的身份证件已过有效期。请在 OKPAY 的“设置”中提交新的证件；在此之前，适用上一步的限额。} other {“{step, select, details {个人信息} document {身份证件} other {财务状况}}”一步还需要补充：\n\n{sentence}\n\n您可以在 OKPAY 的“设置”中提交。}}\n\n我们不会通过邮件索要证件，也从不索要密码。如果不是您本人操作，请立即写信给 {supportEmail}。',
  },
  securityHold: {
    subject: '因安全检查，您账户的付款已暂停',
    text: '{name}，您好：\n\n自 {at} 起，您账户中的资金暂时不能转出，{reason, select, risk {因为有一笔付款与您平时的习惯不同} report {因为有人反映的情况需要我们核查} other {我们正在核查您的账户}}。您的余额没有变化，仍然可以收款。\n\n请在 OKPAY 的“帮助”中询问，或写信给 {supportEmail}：会有专人处理，并告诉您需要做什么，之后由两位工作人员共同解锁。',
  },
  securityHoldOver: {
    subject: '您可以继续付款了',
    text: '{name}，您好：\n\n您账户的安全检查已完成，可以像以前一样付款。',
  },
  freeze: {
    subject: '{what, select, set {您的账户已冻结} opening {有人申请解冻您的账户} stopped {您的账户保持冻结} other {您的账户已解冻}}',
    text: '{name}，您好：\n\n{what, select, set {自 {at} 起，您的账户已冻结，资金无法转出。仍可收款，帮助、对账单和导出不受影响。\n\n解冻方法：打开 OKPAY 的“设置”，找到“冻结账户”。需要您的账户密码和验证器应用的验证码；没有验证器应用时，使用我们发到邮箱的验证码，并等待一天。} opening {有人用您的账户密码和发到这个邮箱的验证码申请解冻账户（{at}）。由于冻结时没有启用验证器应用，账户要到以下时间才会解冻：\n\n    {until}\n\n如果不是您本人操作，请在此之前重新冻结：在 OKPAY 的“设置”中，或在终端运行 okpay freeze。} stopped {账户的解冻已取消（{at}），账户保持冻结。} other {您的账户已解冻（{at}），可以像以前一样付款。}}\n\n如果不是您本人操作，请立即写信给 {supportEmail}。',
  },
  limitAnswered: {
    subject: '关于您提高限额的申请',
    text: '{name}，您好：\n\n您申请把{limit, select, per_payment {单笔} per_month {单月} other {单日}}限额提高到 {asked}。\n\n从现在起，您可以在 OKPAY 的“设置”中把它设到 {amount}。{reason, select, none {} other {\n\n{reason}}}\n\n如想了解原因或需要更高的限额，请在 OKPAY 的“帮助”中询问，或写信给 {supportEmail}。',
  },
  limitRefused: {
    subject: '关于您提高限额的申请',
    text: '{name}，您好：\n\n您申请把{limit, select, per_payment {单笔} per_month {单月} other {单日}}限额提高到 {asked}。目前我们无法提高，原因如下：\n\n{reason}\n\n您的限额保持不变。您随时可以在 OKPAY 的“设置”中再次申请，或写信给 {supportEmail}。',
  },
  freezeLink: '如果不是您本人操作，请冻结账户：打开以下链接并按下按钮。此后资金无法转出，直到您在 OKPAY 中解冻。\n\n    {url}',
  riskAlert: {
    subject: '{state, select, waiting {您账户的一笔付款正在等待审核} refused {您账户的一笔付款已被拦截} other {您账户的一笔付款未经确认}}',
    text: '{name}，您好：\n\n您账户的一笔付款看起来不同寻常：\n\n    向 {shop} 支付 {amount}\n    {at}\n\n{reasons}\n\n{state, select, waiting {这笔款项已暂时冻结。{service} 的工作人员会在三天内审核；逾期未决，款项将退回给您。} refused {付款已被拦截，没有扣款。} other {这笔付款需要验证码，但没有人输入。没有扣款。}}\n\n请打开 OKPAY，告诉我们这是不是您本人操作。如果不是，我们会立即停止所有付款，让那台设备退出登录，并为您联系人工客服。如果打不开 OKPAY，请写信至 {supportEmail}。',
  },
  riskDecided: {
    subject: '{what, select, approved {您的付款已获批准} other {您的付款没有完成}}',
    text: '{name}，您好：\n\n我们审核了您向 {shop} 支付 {amount} 的付款。\n\n{what, select, approved {付款已获批准，商家已收到款项。} lapsed {我们没能在期限内作出决定。款项已退回给您；您可以联系我们，并重新付款。} other {付款未获批准。款项已退回给您。}}\n\n如想了解原因，请在 OKPAY 的“帮助”中联系我们，或写信至 {supportEmail}。',
  },
  phrase: '您的邮件暗语：{phrase}',
  foot: '{service} · {supportEmail}',
  footSandbox: '{service} · {supportEmail}\n这里是沙盒：不涉及真实资金。',
}
