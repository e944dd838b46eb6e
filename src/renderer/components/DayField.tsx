import { DateField, DateInput, DateSegment, Label } from 'react-aria-components'
import { FieldProblem } from './fields.tsx'

type DayFieldProps = {
  readonly label: string
  /** YYYY-MM-DD, or '' until all three parts stand. */
  readonly onChange: (day: string) => void
  readonly problem?: string | undefined
}

/**
 * A calendar day, part by part in the order of the person's language. The browser's own field speaks the language of the browser, whatever the
 * window speaks. It keeps what is typed itself: a part alone is no day.
 */
export function DayField({ label, onChange, problem }: DayFieldProps) {
  return (
    <DateField
      className="field"
      onChange={day => onChange(day === null ? '' : day.toString())}
      isInvalid={problem !== undefined}
      validationBehavior="aria"
    >
      <Label className="label">{label}</Label>
      <DateInput className="input day-input">{segment => <DateSegment segment={segment} className="segment" />}</DateInput>
      {problem !== undefined && <FieldProblem>{problem}</FieldProblem>}
    </DateField>
  )
}
