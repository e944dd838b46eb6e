import type { CurrencyCode } from '#core/money/currencies/index.ts'
import { useBridge } from '../../bridge/useBridge.ts'
import { ChipSet } from '../../components/ChipSet.tsx'
import { useText } from '../../text/useText.ts'

type CurrencyFilterProps = { readonly chosen: readonly CurrencyCode[]; readonly onChoose: (chosen: readonly CurrencyCode[]) => void }

/** Which currencies go into the file; none chosen is all of them, also those that are opened later. Who holds one has nothing to choose. */
export function CurrencyFilter({ chosen, onChoose }: CurrencyFilterProps) {
  const { t } = useText()
  const { data } = useBridge('balances.overview', {})
  const held = data?.balances.map(({ currency }) => currency) ?? []
  if (held.length < 2) return null
  return (
    <ChipSet
      label={t('statements.currencies')}
      hint={t('statements.currenciesHint')}
      chips={held.map(code => ({ id: code, name: code }))}
      value={chosen}
      onChange={onChoose}
    />
  )
}
