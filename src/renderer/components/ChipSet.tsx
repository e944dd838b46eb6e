import { Check } from 'lucide-react'
import { Checkbox, CheckboxGroup, Label, Text } from 'react-aria-components'

type ChipSetProps<T extends string> = {
  readonly label: string
  readonly hint: string
  readonly chips: readonly { readonly id: T; readonly name: string }[]
  readonly value: readonly T[]
  readonly onChange: (ids: readonly T[]) => void
}

/** Any of a few that are all seen at once. The tick says what is chosen to who sees no colour. */
export function ChipSet<T extends string>({ label, hint, chips, value, onChange }: ChipSetProps<T>) {
  const choose = (ids: readonly string[]) => onChange(chips.flatMap(({ id }) => (ids.includes(id) ? [id] : [])))
  return (
    <CheckboxGroup className="field" value={[...value]} onChange={choose}>
      <Label className="label">{label}</Label>
      <div className="choices inline">
        {chips.map(({ id, name }) => (
          <Checkbox key={id} value={id} className="chip">
            {({ isSelected }) => (
              <>
                {isSelected && <Check className="icon" aria-hidden />}
                {name}
              </>
            )}
          </Checkbox>
        ))}
      </div>
      <Text slot="description" className="hint">
        {hint}
      </Text>
    </CheckboxGroup>
  )
}
