import { Link } from '@tanstack/react-router'
import type { HistoryFilter, Movement } from '#contracts/bridge/history.ts'
import { type CurrencyCode, isCurrencyCode } from '#core/money/currencies/index.ts'
import { useBridge } from '../../bridge/useBridge.ts'
import { TextButton } from '../../components/Button.tsx'
import { DayField } from '../../components/DayField.tsx'
import { Select } from '../../components/selects.tsx'
import { type Period, periods, rangeOf } from '../../text/periods.ts'
import { useText } from '../../text/useText.ts'

const any = 'any'
const kinds = ['top_up', 'payment', 'reversal'] as const satisfies readonly Movement['kind'][]
const states = ['done', 'pending', 'declined', 'cancelled', 'expired'] as const satisfies readonly Movement['state'][]

export type Choice = {
  readonly currency: CurrencyCode | undefined
  readonly kind: Movement['kind'] | undefined
  readonly state: Movement['state'] | undefined
  readonly label: string | undefined
  readonly period: Period | undefined
  readonly from: string
  readonly to: string
}

export const noChoice: Choice = {
  currency: undefined,
  kind: undefined,
  state: undefined,
  label: undefined,
  period: undefined,
  from: '',
  to: '',
}

/** The filter of the bridge for what was chosen and typed. */
export function toFilter({ currency, kind, state, label, period, from, to }: Choice, query: string): HistoryFilter {
  const range = period === undefined ? undefined : period === 'own' ? { from, to } : rangeOf(period, new Date())
  return {
    ...(currency ? { currencies: [currency] } : {}),
    ...(kind ? { kinds: [kind] } : {}),
    ...(state ? { states: [state] } : {}),
    ...(label === undefined ? {} : { label }),
    ...(range?.from ? { from: range.from } : {}),
    ...(range?.to ? { to: range.to } : {}),
    ...(query.trim() === '' ? {} : { query: query.trim() }),
  }
}

type FiltersProps = { readonly choice: Choice; readonly onChoice: (choice: Choice) => void }

/** Currency, kind, state and time, each as one small list; own days where they are wanted. */
export function Filters({ choice, onChoice }: FiltersProps) {
  const { t } = useText()
  const { data } = useBridge('balances.overview', {})
  const change = (part: Partial<Choice>) => onChoice({ ...choice, ...part })
  const held = data?.balances.map(({ currency }) => ({ id: currency, name: currency })) ?? []
  return (
    <div className="chips filters">
      <Select
        isCompact
        label={t('activity.currency')}
        value={choice.currency ?? any}
        isNarrowing={choice.currency !== undefined}
        options={[{ id: any, name: t('activity.allCurrencies') }, ...held]}
        onChange={id => change({ currency: isCurrencyCode(id) ? id : undefined })}
      />
      <Select
        isCompact
        label={t('activity.kind')}
        value={choice.kind ?? any}
        isNarrowing={choice.kind !== undefined}
        options={[{ id: any, name: t('activity.allKinds') }, ...kinds.map(id => ({ id, name: t(`activity.kind_${id}`) }))]}
        onChange={id => change({ kind: kinds.find(kind => kind === id) })}
      />
      <Select
        isCompact
        label={t('activity.state')}
        value={choice.state ?? any}
        isNarrowing={choice.state !== undefined}
        options={[{ id: any, name: t('activity.allStates') }, ...states.map(id => ({ id, name: t(`activity.state_${id}`) }))]}
        onChange={id => change({ state: states.find(state => state === id) })}
      />
      <LabelFilter label={choice.label} onLabel={label => change({ label })} />
      <Select
        isCompact
        label={t('activity.period')}
        value={choice.period ?? any}
        isNarrowing={choice.period !== undefined}
        options={[
          { id: any, name: t('activity.anyTime') },
          ...periods.map(id => ({ id, name: t(`activity.${id === 'own' ? 'ownPeriod' : id}`) })),
        ]}
        onChange={id => change({ period: periods.find(period => period === id), from: '', to: '' })}
      />
      {choice !== noChoice && <TextButton onPress={() => onChoice(noChoice)}>{t('activity.clear')}</TextButton>}
      <Link to="/statements" className="textlink">
        {t('activity.export')}
      </Link>
      {choice.period === 'own' && (
        <div className="line days">
          <DayField label={t('activity.from')} onChange={from => change({ from })} />
          <DayField label={t('activity.to')} onChange={to => change({ to })} />
        </div>
      )}
    </div>
  )
}

type LabelFilterProps = { readonly label: string | undefined; readonly onLabel: (label: string | undefined) => void }

/** Nothing stands here while there are no labels. A label may be called anything, so the option of all of them is empty, which none is. */
function LabelFilter({ label, onLabel }: LabelFilterProps) {
  const { t } = useText()
  const { data } = useBridge('notes.labels', {})
  const known = data?.labels ?? []
  const options = known.map(one => ({ id: one.label, name: t('notes.withCount', one) }))
  // One that stands on nothing any more is shown while it is chosen.
  if (label !== undefined && !known.some(one => one.label === label)) options.push({ id: label, name: label })
  if (options.length === 0) return null
  return (
    <Select
      isCompact
      label={t('notes.filter')}
      value={label ?? ''}
      isNarrowing={label !== undefined}
      options={[{ id: '', name: t('notes.allLabels') }, ...options]}
      onChange={id => onLabel(id === '' ? undefined : id)}
    />
  )
}
