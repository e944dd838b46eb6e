import type { start as english } from '../en/start.ts'
import type { Shape } from '../shape.ts'

export const start: Shape<typeof english> = {
  title: '您的钱，都在这里',
  language: '语言',
  point1: '持有并支付多种货币，每一项费用都在付款前列明。',
  point2: '如果被拒绝，OKPAY 会说明原因、由谁解决，并给出能解决问题的按钮。',
  point3: '数据加密存放在这台电脑上，只有您能打开。',
  begin: '开始设置钱包',
  steps: '设置步骤',
  stepWelcome: '欢迎',
  stepService: '服务',
  stepProtect: '保护',

  serviceTitle: '这个钱包通过哪个服务收付款？',
  sandbox: '本机沙盒',
  sandboxSub: '银行和商店都是模拟的，离线即可体验全部功能，没有真钱。',
  address: '指定的服务',
  addressSub: '请输入 OKPAY 运营方提供的地址。',
  addressLabel: '服务地址',
  addressProblem: '以 https:// 开头并包含主机名，例如 https://pay.example.org。',

  protectTitle: '保护这个钱包',
  passwordRequired_none: '这台电脑没有 OKPAY 可用的钥匙串，只能由应用密码来保护钱包。每次打开 OKPAY 都需要输入。',
  passwordRequired_plain: '这台电脑的钥匙串以明文保存内容，只能由应用密码来保护钱包。每次打开 OKPAY 都需要输入。',
  passwordOptional: '钱包的密钥会存入系统钥匙串。应用密码再加一层保护，也能防止共用这台电脑的人打开。',
  usePassword: '设置应用密码（推荐）',
  useKeychain: '只用系统钥匙串',
  password: '应用密码',
  passwordForget: '任何人都无法重置。如果忘记，可重新登录，从服务端取回账户。',
  repeat: '再次输入应用密码',
  repeatProblem: '两次输入不一致。',
  create: '创建钱包',

  locked: '已锁定',
  lockedSub: '锁定期间不显示、也不保留任何账户内容。',
  unlock: '解锁',
  unlockKeychain: '用系统钥匙串解锁',
  waitUntil: '{seconds} 秒后可以再试。',

  unreadable: '打不开这个钱包',
  vault_damaged: '保存钱包密钥的文件已损坏。',
  vaultThen: '您的资金由服务端保管，安然无恙。可以恢复最近一份完好的备份，也可以换一个空文件夹重新登录。',
  backupAt: '最近一份完好的备份：{at}。损坏的文件会保留在旁边。',
  noBackup: '这台电脑上没有备份。',
  restore: '恢复 {at} 的备份',
}
