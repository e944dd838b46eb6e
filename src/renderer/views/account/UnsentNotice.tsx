import { useQueryClient } from '@tanstack/react-query'
import type { UnsentWish } from '#contracts/bridge/devices.ts'
import { useBridge, useBridgeAction } from '../../bridge/useBridge.ts'
import { Button } from '../../components/Button.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useText } from '../../text/useText.ts'

const wordOf = (kind: UnsentWish['kind']) => kind.replace('.', '_') as Underscored<UnsentWish['kind']>
type Underscored<K extends string> = K extends `${infer A}.${infer B}` ? `${A}_${B}` : K

/** Shown once where this device was signed out by another: what it had not sent, each wish in words. */
export function UnsentNotice() {
  const { t, amount: write } = useText()
  const queries = useQueryClient()
  const { data } = useBridge('devices.unsent', {})
  const forget = useBridgeAction('devices.forgetUnsent')
  if (!data || data.wishes.length === 0) return null
  const read = async () => {
    if (await forget.run({})) queries.setQueryData(['devices.unsent', {}], { wishes: [] })
  }
  return (
    <Notice kind="warning" title={t('devices.unsentTitle')}>
      <p>{t('devices.unsentSub')}</p>
      <ul className="bullets">
        {data.wishes.map(({ id, kind, amount, payee }) => (
          <li key={id}>{t(`devices.wish_${wordOf(kind)}`, { amount: amount === null ? '' : write(amount), payee })}</li>
        ))}
      </ul>
      <Button size="small" onPress={() => void read()} isPending={forget.isRunning}>
        {t('devices.unsentRead')}
      </Button>
    </Notice>
  )
}
