import type { MismatchCode } from '#core/wallet/mismatch.ts'
import type { provider as english } from '../en/provider.ts'
import type { Shape } from '../shape.ts'

const mismatch: Record<MismatchCode, string> = {
  posting_impossible: '服务端提供了一笔不可能入账的账目。',
  posting_changed: '服务端改动了以前提供过的一笔账目。',
  account_wrong: '服务端把别人的账目当成了您的。',
  version_wrong: '{currency} 账目有缺失、重复或乱序：接下来应是第 {here} 笔，服务端给出的却是第 {there} 笔。',
  chain_broken: '{currency} 第 {version} 笔账目与此前的账目衔接不上，内容被改动过。',
  balance_wrong: '服务端称您的余额是 {there}，按它提供的账目计算应为 {here}。',
  heads_missing: '服务端没有为这些账目签名。',
  heads_of_other: '服务端签的是别人的账户。',
  heads_old: '服务端签的是您账户的旧状态，与刚提供的账目不一致。',
  key_unknown: '这些账目由本钱包不认识的密钥签名。',
  signature_wrong: '这些账目的签名无效。',
  account_missing:
    '{missing, select, here {服务端签了一个从未提供过的 {currency} 余额。} other {服务端签名时漏掉了您的 {currency} 余额。}}',
  head_wrong: '服务端签的 {currency} 账目与它提供的不是同一份：这里有 {here} 笔，那边有 {there} 笔。',
}

export const provider: Shape<typeof english> = {
  mismatch,
  verified: '{count, plural, =0 {已核对，账目与签名相符} other {已核对 # 笔账目，全部相符}}',
  verifiedAt: '{at}，以服务端的签名为据',
  unchecked: '尚未核对',
  stopped: '已停止：服务端提供的账目对不上',
  title: '核对服务端',
  sub: '本钱包会重新计算每一笔账目，并与服务端的签名比对。',
  count: '已核对账目',
  until: '核对到第几行',
  at: '核对时间',
  key: '签名密钥',
  check: '立即核对',
  banner: '服务端提供的账目对不上。',
  bannerNext: '这些内容没有采用；在您决定之前，本钱包不会付款。',
  save: '保存证据',
  saved: '证据已存到 {path}',
  goOn: '仍要继续',
  goOnTitle: '账目对不上，仍要继续吗？',
  goOnMeans:
    '钱包会放下已核对的内容，从第一行起重新读取您的账户，并以服务端现在的说法为准。若能对上，就恢复显示和付款；若仍对不上，会再次停止。',
  goOnLoses: '服务端前后两种说法之间的差别，此后在这里就看不到了。证据会留在这台电脑上。',
  goOnFirst: '请先保存证据，并联系服务方的工作人员。',
  goOnType: '如要继续，请输入：{word}',
  goOnWord: '继续',
  goneOn: '钱包正在重新读取并核对全部账目。',
  earlier: '{at} 账目曾对不上，您选择了继续。',
}
