import { currencies, currencyCodes } from '#core/money/currencies/index.ts'
import { LanguageChoice } from '../../app/LanguageChoice.tsx'
import { useAppState } from '../../app/useAppState.ts'
import { useBridgeAction } from '../../bridge/useBridge.ts'
import { Choices } from '../../components/Choices.tsx'
import { CurrencySelect } from '../../components/selects.tsx'
import { useText } from '../../text/useText.ts'

const themes = ['system', 'light', 'dark', 'contrast'] as const
const homeCurrencies = currencyCodes.filter(code => currencies[code].kind === 'fiat')

/** How the window speaks and looks. Each choice takes effect at once. */
export function Appearance() {
  const { t } = useText()
  const { theme, homeCurrency, hideAmounts } = useAppState()
  const prefer = useBridgeAction('app.prefer')
  return (
    <section className="card stack" aria-labelledby="appearance">
      <h2 id="appearance">{t('settings.appearance')}</h2>
      <LanguageChoice isOpen />
      <Choices
        label={t('settings.theme')}
        isInline
        value={theme}
        onChange={choice => void prefer.run({ theme: choice })}
        choices={themes.map(id => ({ id, name: t(`settings.theme_${id}`) }))}
      />
      <Choices
        label={t('settings.amounts')}
        isInline
        value={hideAmounts ? 'hidden' : 'shown'}
        onChange={choice => void prefer.run({ hideAmounts: choice === 'hidden' })}
        choices={[
          { id: 'shown', name: t('app.showAmounts') },
          { id: 'hidden', name: t('app.hideAmounts') },
        ]}
      />
      <div className="stack tight">
        <CurrencySelect
          label={t('settings.homeCurrency')}
          currencies={homeCurrencies}
          value={homeCurrency}
          onChange={code => void prefer.run({ homeCurrency: code })}
        />
        <p className="hint">{t('settings.homeCurrencyHint')}</p>
      </div>
    </section>
  )
}
