import type { service as english } from '../en/service.ts'
import type { Shape } from '../shape.ts'

export const service: Shape<typeof english> = {
  nodeTooOld: 'OKPAY 需要 Node 22 或更新的版本，当前是 {version}。',
  usage:
    'okpay-service：OKPAY 钱包所连接的服务\n\n  serve [--listen HOST:PORT] [--data DIR] [--sandbox] [--database postgres://USER@HOST/NAME]\n                                                       运行服务；带密码的地址请放在 OKPAY_DATABASE_URL 里\n  import-statement FILE                                导入银行对账单（camt.053）\n  waiting                                              未入账的银行记录及原因\n  lock EMAIL risk|review|report                        停止账户的一切转出，并通知本人\n  unlock EMAIL                                         同意解锁：由第二位操作员解锁（--as NAME，或使用其本人的 OKPAY_OPERATOR_TOKEN）\n  locks EMAIL                                          账户的全部锁定记录\n  set-limit EMAIL per_payment|per_day|per_month CURRENCY AMOUNT [REASON]\n                                                       设定某账户的限额，同时答复提高限额的申请\n  refuse-limit EMAIL per_payment|per_day|per_month REASON\n                                                       拒绝提高限额的申请\n  limit-requests                                       尚未答复的提高限额申请\n  risk queue|show ID|approve ID|refuse ID|note ID TEXT\n                                                       等待审核的付款及所见证据；大额须由两名操作员批准\n  risk shadow                                          影子规则集会作出哪些不同的决定\n  risk use VERSION [shadow]                            让某个规则集作决定，或在影子中评判\n  questions                                            待回答的问题，最早的在前\n  answer NUMBER TEXT                                   回答一个问题\n  rotate-key                                           生成新的签名密钥，由前一把密钥背书\n  root                                                 最新的每日根及其指纹，供比对\n  book --format hledger|ledger|beancount [--from DAY --to DAY]\n                                                       把整本账以文本写到标准输出\n  verify                                               重新核算并检查整本账\n  backup FILE                                          账本的加密副本，服务运行时也可以\n  restore FILE                                         用这样的副本替换账本，服务须先停止\n  migrate-store --from DIR|URL --to DIR|URL            在文件夹与 PostgreSQL 之间迁移整个服务，并证明两者相等；\n                                                       服务须先停止\n  audit list|verify                                    运营操作和账户安全事件的记录，及其是否完整\n  help                                                 本页\n\nserve、book、verify、backup、restore、migrate-store 和 audit 自己打开数据，其余命令都发给在其上运行的服务；--json 输出原始回答。\n完成为 0，被拒绝为 2，外部故障为 3，用法错误为 64。',
  refused: {
    database_damaged: '服务的账本已损坏，文件原样未动。请用最近一份完好的副本恢复：okpay-service restore FILE。',
    database_newer: '服务的账本由更新版本的 OKPAY 写入，文件原样未动。请安装新版本。',
    database_too_old: '服务的账本由 OKPAY 的早期版本写入，当前版本不能读取它的表，文件原样未动。请使用写入它的版本。',
    database_unfinished: '这本账正从另一本账迁移而来，迁移没有完成，因此不会被使用。请移走它，然后重新迁移。',
    database_key_wrong: '给出的密钥打不开服务的账本：密钥不对，或账本的开头已损坏。文件原样未动。请放回正确的密钥或账本，然后重试。',
    folder_read_only: '服务无法写入它的文件夹。请允许写入，或用 --data 另选一个文件夹。',
    disk_full: '磁盘已满，没有丢失任何数据。请腾出空间后重试。',
    service_offline: '连接不上服务的数据库。请启动数据库，或核对它的地址和密码，然后重试。',
    unexpected: 'OKPAY 遇到了意料之外的错误，没有留下做到一半的改动。请重试；如果一再出现，请告知维护这个服务的人。',
  },
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
  auditEmpty: '还没有任何记录。',
  auditVerified: '审计日志完整：共 {lines} 行，每一行都接在前一行之后。最后一行的链值是 {chain}。',
  auditNotVerified: '审计日志被改动过：{wrong}。',
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
  lockLine:
    '{since}  {by, select, holder {本人} other {服务}}  {reason}  {state, select, lifted {已于 {at} 解锁} agreed {{who} 同意解锁，还需另一位操作员} opening {将于 {at} 解冻} other {锁定中}}',
  noLocks: '{email} 从未被锁定。',
  limitSet:
    '{kind, select, per_payment {单笔} per_month {单月} other {单日}}{rail, select, crypto {（加密货币）} other {}}：{amount}，已用 {used}',
  limitRequest:
    '{at}  {email}  {kind, select, per_payment {单笔} per_month {单月} other {单日}}：申请 {wished}，现为 {now}{source, select, income {（工资或退休金）} savings {（储蓄）} sale {（出售所得）} business {（自营收入）} gift {（赠与或继承）} other {}}\n    {reason}',
  riskCase:
    '{id}  {at}  {email}\n    向 {shop} 支付 {amount}，分数 {score}；请在 {endsAt} 前决定{two, select, yes {；需两名操作员} other {}}{approvedBy, select, none {} other {，{approvedBy} 已批准}}{answer, select, me {；持有人称是本人} not_me {；持有人称不是本人} other {}}',
  riskSeen: '    {state}，由规则集 {ruleSet} 评判；国家或地区 {country}，当地 {hour} 点；{device}（{system}），自 {since} 起登录',
  riskNothing: '没有等待审核的付款。',
  riskDecided: '{id}：{state, select, approved {已批准，商家已收款} refused {已拒绝，款项已退回} other {一名操作员已批准，还需第二名}}',
  riskNoted: '{id}：共 {notes} 条备注',
  riskShadow:
    '规则集 {active} 作决定，{shadow} 在影子中评判：{count, plural, =0 {没有付款会有不同的决定} other {有 # 笔付款会有不同的决定}}。',
  riskUsed: '规则集 {active} 作决定，{shadow} 在影子中评判。',
  noLimitRequests: '没有待答复的限额申请。',
  noQuestions: '没有待回答的问题。',
  root: '{day} 的每日根：{fingerprint}\n由密钥 {keyId} 签名。核对过这一天的钱包显示的应与此相同。',
  noRoot: '还没有每日根，第一个会在一分钟内生成。',
  keyRotated: '从现在起由密钥 {keyId} 签名，这是本服务的第 {number} 把。钱包凭前一把密钥的背书跟随。',
  answered: '问题 {number} 已回答，应用内和邮件都会通知本人。',
}
