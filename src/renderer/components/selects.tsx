import { ChevronsUpDown } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  Button as AriaButton,
  Select as AriaSelect,
  ComboBox,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
  Text,
} from 'react-aria-components'
import type { CurrencyCode } from '#core/money/currencies/index.ts'
import { isCurrencyCode } from '#core/money/currencies/index.ts'
import { useText } from '../text/useText.ts'
import { FieldProblem } from './fields.tsx'

export type Option = { readonly id: string; readonly name: string; readonly code?: string }

type SelectProps = {
  readonly label: string
  readonly options: readonly Option[]
  readonly value: string | null
  readonly onChange: (id: string) => void
  readonly isCompact?: boolean
  /** Something is chosen that narrows what is seen. */
  readonly isNarrowing?: boolean
  readonly hint?: ReactNode
}

function OptionItem({ option }: { readonly option: Option }) {
  return (
    <ListBoxItem id={option.id} className="option" textValue={`${option.code ?? ''} ${option.name}`.trim()}>
      {option.code !== undefined && <code>{option.code}</code>}
      <span>{option.name}</span>
    </ListBoxItem>
  )
}

/** One of a short list. */
export function Select({ label, options, value, onChange, isCompact = false, isNarrowing = false, hint }: SelectProps) {
  return (
    <AriaSelect
      className="field"
      selectedKey={value}
      onSelectionChange={key => key !== null && onChange(String(key))}
      {...(isCompact ? { 'aria-label': label } : {})}
    >
      {!isCompact && <Label className="label">{label}</Label>}
      <AriaButton className={isCompact ? 'chip' : 'select'} {...(isNarrowing ? { 'data-selected': true } : {})}>
        <SelectValue />
        <ChevronsUpDown className="icon" aria-hidden />
      </AriaButton>
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <Popover className="pop">
        <ListBox className="options" items={options}>
          {option => <OptionItem option={option} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}

type CurrencySelectProps = {
  readonly label: string
  readonly currencies: readonly CurrencyCode[]
  readonly value: CurrencyCode | null
  readonly onChange: (currency: CurrencyCode) => void
  readonly isCompact?: boolean
}

export function CurrencySelect({ label, currencies, value, onChange, isCompact = false }: CurrencySelectProps) {
  const text = useText()
  const options = currencies.map(code => ({ id: code, code, name: text.currency(code) }))
  return <Select label={label} options={options} value={value} isCompact={isCompact} onChange={id => isCurrencyCode(id) && onChange(id)} />
}

type ComboProps = {
  readonly label: string
  readonly options: readonly Option[]
  readonly value: string | null
  readonly onChange: (id: string | null) => void
  readonly problem?: string | undefined
  readonly toggleLabel: string
}

/** One of a long list, found by typing. */
export function Combo({ label, options, value, onChange, problem, toggleLabel }: ComboProps) {
  return (
    <ComboBox
      className="field"
      defaultItems={options}
      selectedKey={value}
      onSelectionChange={key => onChange(key === null ? null : String(key))}
      isInvalid={problem !== undefined}
      validationBehavior="aria"
      menuTrigger="focus"
    >
      <Label>{label}</Label>
      <div className="input">
        <Input autoComplete="off" />
        <AriaButton className="btn plain square" aria-label={toggleLabel}>
          <ChevronsUpDown className="icon" aria-hidden />
        </AriaButton>
      </div>
      {problem !== undefined && <FieldProblem>{problem}</FieldProblem>}
      <Popover className="pop">
        <ListBox<Option> className="options">{option => <OptionItem option={option} />}</ListBox>
      </Popover>
    </ComboBox>
  )
}
