import type { FaultCode } from '#core/failure/faults.ts'

export const faults: Record<FaultCode, { what: string; next: string }> = {
  service_offline: {
    what: '连接不上 OKPAY 服务。',
    next: '您看到的是最近一次同步的内容。已经发起的操作都已保存，恢复连接后会自动继续。',
  },
  service_timeout: { what: 'OKPAY 服务响应超时。', next: '重试只会询问同一笔操作，不会重复执行。' },
  service_garbage: { what: '无法识别 OKPAY 服务的答复。', next: '该答复已丢弃，没有任何改动。如果一再出现，请核对服务地址。' },
  service_sealed: { what: 'OKPAY 服务正在封账核查。', next: '运营方重新开放之前不会有资金进出，您的余额没有变化。' },
  service_busy: { what: 'OKPAY 服务繁忙。', next: '您的操作已保存，重试时询问的仍是同一笔。' },
  provider_mismatch: { what: '服务端提供的账目对不上。', next: '您的操作已保存，暂不发出；等您决定继续之后才会发出。' },
  clock_wrong: { what: '这台电脑的时间不准。', next: '请让系统自动校时，然后重试。签名和验证码都依赖准确的时间。' },
  mail_failed: { what: '邮件没有发出去。', next: '邮件服务器拒收，请一分钟后重试。' },
  keychain_unavailable: { what: '用不了这台电脑的系统钥匙串。', next: '请解锁系统钥匙串，或为钱包设置应用密码。' },
  database_damaged: {
    what: '这台电脑上的钱包文件已损坏。',
    next: '您的资金由服务端保管，安然无恙。可以恢复最近一份完好的备份，也可以重新登录取回全部数据。',
  },
  database_newer: { what: '这个钱包由更新版本的 OKPAY 写入。', next: '文件原样未动，请安装新版本后打开。' },
  database_too_old: {
    what: '这份数据由 OKPAY 的早期版本写入，当前版本不能读取它的表。',
    next: '数据原样未动。请用写入它的版本打开；或把文件移到别处后重新登录，账户保存在服务端。',
  },
  database_unfinished: {
    what: '这本账正从另一本账迁移而来，迁移没有完成。',
    next: '它不会被使用，原来的账本保持不变。请移走这一本，然后重新迁移。',
  },
  database_key_wrong: { what: '用这台电脑的密钥打不开钱包文件。', next: '它属于另一个钥匙串或另一位用户，文件原样未动。' },
  folder_read_only: { what: 'OKPAY 无法写入数据文件夹。', next: '请允许写入该文件夹，或用 --data-dir 另选一个。' },
  disk_full: { what: '磁盘已满。', next: '没有丢失任何数据。请腾出空间后重试。' },
  unexpected: { what: 'OKPAY 遇到了意料之外的错误。', next: '错误已记入日志，不含个人信息。重试时询问的仍是同一笔操作。' },
}
