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
  securityHold: {
    subject: '因安全检查，您账户的付款已暂停',
    text: '{name}，您好：\n\n自 {at} 起，您账户中的资金暂时不能转出，我们正在核查一处异常。您的余额没有变化，仍然可以收款。\n\n请在 OKPAY 的“帮助”中询问，或写信给 {supportEmail}：会有专人处理，并告诉您需要做什么。',
  },
  securityHoldOver: {
    subject: '您可以继续付款了',
    text: '{name}，您好：\n\n您账户的安全检查已完成，可以像以前一样付款。',
  },
  limitAnswered: {
    subject: '关于您提高限额的申请',
    text: '{name}，您好：\n\n您申请把{limit, select, per_payment {单笔} other {单日}}限额提高到 {asked}。\n\n从现在起，该限额为 {amount}，可在 OKPAY 的“设置”中查看。\n\n如想了解原因或需要更高的限额，请在 OKPAY 的“帮助”中询问，或写信给 {supportEmail}。',
  },
  foot: '{service} · {supportEmail}',
  footSandbox: '{service} · {supportEmail}\n这里是沙盒：不涉及真实资金。',
}
