import { Label, Radio, RadioGroup } from 'react-aria-components'

type Choice<T extends string> = { readonly id: T; readonly name: string; readonly sub?: string }

type ChoicesProps<T extends string> = {
  readonly label: string
  readonly choices: readonly Choice<T>[]
  readonly value: T
  readonly onChange: (id: T) => void
  /** Chips in a line instead of boxes below each other. */
  readonly isInline?: boolean
  readonly isLabelHidden?: boolean
}

/** One of a few that are all seen at once. */
export function Choices<T extends string>({ label, choices, value, onChange, isInline = false, isLabelHidden = false }: ChoicesProps<T>) {
  const choose = (id: string) => {
    const found = choices.find(choice => choice.id === id)
    if (found) onChange(found.id)
  }
  return (
    <RadioGroup className="field" value={value} onChange={choose}>
      <Label className={isLabelHidden ? 'unseen' : 'label'}>{label}</Label>
      <div className={isInline ? 'choices inline' : 'choices'}>
        {choices.map(({ id, name, sub }) => (
          <Radio key={id} value={id} className={isInline ? 'chip' : 'choice'}>
            <span>
              {isInline ? name : <b>{name}</b>}
              {sub !== undefined && <span className="sub"> {sub}</span>}
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}
