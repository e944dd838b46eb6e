import type { service as english } from '../en/service.ts'
import type { Shape } from '../shape.ts'

export const service: Shape<typeof english> = {
  nodeTooOld: 'OKPAY 需要 Node 22 或更新的版本，当前是 {version}。',
  usage:
    'okpay-service：OKPAY 钱包所连接的服务\n\n  serve [--listen HOST:PORT] [--data DIR] [--sandbox] [--database postgres://USER@HOST/NAME]\n                                                       运行服务；带密码的地址请放在 OKPAY_DATABASE_URL 里\n  import-statement FILE                                导入银行对账单（camt.053）\n  waiting                                              未入账的银行记录及原因\n  security-hold EMAIL on|off                           暂停或恢复某账户的付款\n  set-limit EMAIL per_payment|per_day CURRENCY AMOUNT  设定某账户的限额\n  questions                                            待回答的问题，最早的在前\n  answer NUMBER TEXT                                   回答一个问题\n  rotate-key                                           生成新的签名密钥，由前一把密钥背书\n  root                                                 最新的每日根及其指纹，供比对\n  book --format hledger|ledger|beancount [--from DAY --to DAY]\n                                                       把整本账以文本写到标准输出\n  verify                                               重新核算并检查整本账\n  backup FILE                                          账本的加密副本，服务运行时也可以\n  restore FILE                                         用这样的副本替换账本，服务须先停止\n  migrate-store --from DIR|URL --to DIR|URL            在文件夹与 PostgreSQL 之间迁移整个服务，并证明两者相等；\n                                                       服务须先停止\n  help                                                 本页\n\nserve、book、verify、backup、restore 和 migrate-store 自己打开数据，其余命令都发给在其上运行的服务；--json 输出原始回答。\n完成为 0，被拒绝为 2，外部故障为 3，用法错误为 64。',
  wrongUse: '无法理解：{what}',
  listenWrong: '“{what}”不是 HOST:PORT。',
  ready: 'OKPAY 服务已就绪：{url}',
  data: '数据：{path}',
  keyMade: '已生成数据库密钥：{path}。请另存一份，丢失后账本无法打开。',
  keyWrong: '{from} 中的数据库密钥不是 32 字节的十六进制（64 位数字）。',
  fileUnreadable: '无法读取 {path}。',
  alreadyRuns: '已有服务在这份数据上运行：{url}',
  addressTaken: '{what} 已被占用，或不允许使用。',
  noneRuns: '{path} 上没有正在运行的服务。请用“okpay-service serve”启动，或用 --data 指定它的文件夹。',
  stopped: 'OKPAY 服务已停止。',
  bookMissing: '{path} 中没有账本。请用 --data 指定它的文件夹，或用 --database 指定它的数据库。',
  verified:
    '账本相符：{postings} 笔分录，{accounts} 个账户，每一笔合计为零，每一条链完整{roots, plural, =0 {} other {；# 个每日根，签名与链接无误}}。',
  notVerified: '账本不相符：{wrong}。在此之前的 {postings} 笔分录无误。',
  bookOlder: '{path} 中的账本由较早的版本写入。请先用它启动一次服务，然后重试。',
  copyPostgres:
    '这本账在 PostgreSQL 中，由它自带的程序复制，服务运行时也可以：\n\n  pg_dump --format=custom --no-owner --no-privileges --file={file} {url}\n\n密码取自 PGPASSWORD 或 ~/.pgpass。该文件没有加密，请像数据库本身一样保管。',
  restorePostgres:
    '这本账在 PostgreSQL 中。请建一个空数据库，用它自带的程序放入副本，然后核算：\n\n  pg_restore --exit-on-error --single-transaction --no-owner --no-privileges --dbname={url} {file}\n  okpay-service verify --database {url}\n\n密码取自 PGPASSWORD 或 ~/.pgpass。',
  moveInUse: '{path} 中的账本正在使用。请先停止在其上运行的服务，然后重试。',
  moveTaken: '{path} 中已有内容。服务只能迁移到空的位置；以前迁移留下的内容请先移走。',
  moveUnfinished: '迁移没有完成。{path} 中的内容已标为未完成，不会被使用；原来的账本保持不变。',
  moveDiffers: '两者不相等：{what}。{path} 中的内容已标为未完成，不会被使用；原来的账本保持不变。',
  moved:
    '已从 {from} 迁移到 {to}，逐行相等：{accounts} 个账户上的 {postings} 笔分录重新核算，合计与哈希链相同，{feeds} 个消息流的位置相同（共 {positions, number}）。服务在 {to} 上运行后，钱包照常继续；请勿再在 {from} 上启动。',
  fileThere: '{path} 已经存在。',
  backedUp: '已复制到 {path}：{postings} 笔记账、{accounts} 个账户，已逐笔核对。用同一把密钥打开。',
  restored: '账本已换成副本：{path}，{postings} 笔记账、{accounts} 个账户，已逐笔核对。',
  copyRefused: '副本未被采用：{wrong}。一切保持原样。',
  keptAside: '原来的账本：{path}',
  fileMissing: '没有文件 {path}。',
  importRefused: '{file} 没有任何入账。',
  imported: '{file}：入账 {credited} 条，等待处理 {waiting} 条，以前见过 {seenBefore} 条，非收款 {notMoneyIn} 条。',
  statementProblem: '{account} 的对账单 {id}：{problem}',
  outcomes: { credited: '已入账', waiting: '等待处理', seen_before: '以前见过', not_money_in: '非收款' },
  nothingWaits: '没有等待处理的记录。',
  holdOn: '{email} 的付款自 {at} 起暂停。',
  holdOff: '{email} 可以付款。',
  limitSet: '{kind, select, per_payment {单笔} other {每日}}：{amount}，已用 {used}',
  noQuestions: '没有待回答的问题。',
  root: '{day} 的每日根：{fingerprint}\n由密钥 {keyId} 签名。核对过这一天的钱包显示的应与此相同。',
  noRoot: '还没有每日根，第一个会在一分钟内生成。',
  keyRotated: '从现在起由密钥 {keyId} 签名，这是本服务的第 {number} 把。钱包凭前一把密钥的背书跟随。',
  answered: '问题 {number} 已回答，应用内和邮件都会通知本人。',
}
