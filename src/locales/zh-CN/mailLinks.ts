import type { mailLinks as english } from '../en/mailLinks.ts'
import type { Shape } from '../shape.ts'

export const mailLinks: Shape<typeof english> = {
  links: {
    freeze: {
      title: '冻结您的账户',
      text: '按下后，任何设备都无法从您的账户转出资金。仍可收款，也可以使用帮助。您可以在 OKPAY 中用密码和验证码解冻。',
      press: '冻结我的账户',
      done: '您的账户已冻结，资金无法转出。解冻方法：打开 OKPAY 的“设置”，找到“冻结账户”。如果是他人操作，请同时修改密码。',
    },
    contactUndo: {
      title: '撤销更改',
      text: '我们邮件中所说的内容将恢复为更改前的状态。申请更改的设备，以及此后登录的设备，都会被退出登录。',
      press: '撤销',
      done: '已恢复为更改前的状态，上述设备已退出登录。如果更改不是您本人申请的，请在 OKPAY 的“设置”中修改密码。',
    },
  },
  gone: { title: '此链接已失效', text: '它已被使用过，或已过期。如需帮助，请直接回复链接所在的邮件。' },
  later: { title: '暂时无法处理', text: '服务暂时无法响应，请一分钟后再试。' },
}
