import { CircleAlert, Eye, EyeOff } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
} from 'react-aria-components'
import { useText } from '../text/useText.ts'
import { Button } from './Button.tsx'

export type FieldProps = Pick<
  AriaTextFieldProps,
  | 'value'
  | 'onChange'
  | 'isRequired'
  | 'isDisabled'
  | 'autoFocus'
  | 'type'
  | 'inputMode'
  | 'autoComplete'
  | 'maxLength'
  | 'name'
  | 'onBlur'
  | 'onFocus'
> & {
  readonly label: string
  readonly hint?: ReactNode
  /** Why what stands here cannot be used; undefined where it can. */
  readonly problem?: string | undefined
  readonly placeholder?: string
}

/** What is wrong, under the field that it is about. */
export function FieldProblem({ children }: { readonly children: ReactNode }) {
  return (
    <FieldError className="problem">
      <CircleAlert className="icon" aria-hidden />
      <span>{children}</span>
    </FieldError>
  )
}

type ShellProps = FieldProps & {
  readonly boxClass?: string
  readonly before?: ReactNode
  readonly after?: ReactNode
  readonly spellCheck?: 'false'
}

/** Label, box, hint and problem, tied together for those who listen. */
export function TextField({ label, hint, problem, placeholder, boxClass, before, after, spellCheck, ...rest }: ShellProps) {
  return (
    <AriaTextField {...rest} className="field" isInvalid={problem !== undefined} validationBehavior="aria">
      <Label>{label}</Label>
      <div className={boxClass ? `input ${boxClass}` : 'input'}>
        {before}
        <Input placeholder={placeholder ?? ''} spellCheck={spellCheck === 'false' ? 'false' : undefined} />
        {after}
      </div>
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      {problem !== undefined && <FieldProblem>{problem}</FieldProblem>}
    </AriaTextField>
  )
}

/** Several lines of text. */
export function TextBox({ label, hint, problem, placeholder, ...rest }: FieldProps) {
  return (
    <AriaTextField {...rest} className="field" isInvalid={problem !== undefined} validationBehavior="aria">
      <Label>{label}</Label>
      <div className="input">
        <TextArea rows={4} placeholder={placeholder ?? ''} />
      </div>
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      {problem !== undefined && <FieldProblem>{problem}</FieldProblem>}
    </AriaTextField>
  )
}

/** A password, hidden until the person asks to see it. */
export function PasswordField(props: FieldProps) {
  const { t } = useText()
  const [isShown, setShown] = useState(false)
  const Icon = isShown ? EyeOff : Eye
  return (
    <TextField
      {...props}
      type={isShown ? 'text' : 'password'}
      spellCheck="false"
      after={
        <Button
          kind="plain"
          size="square"
          onPress={() => setShown(!isShown)}
          aria-label={t(isShown ? 'app.hidePassword' : 'app.showPassword')}
        >
          <Icon className="icon" aria-hidden />
        </Button>
      }
    />
  )
}

/** Six digits in one field, so that pasting and the system's own filling-in work. */
export function CodeField({ onChange, ...props }: FieldProps) {
  const keepDigits = (text: string) => onChange?.(text.replace(/\D/g, '').slice(0, 6))
  return (
    <TextField {...props} boxClass="code-input" inputMode="numeric" autoComplete="one-time-code" onChange={keepDigits} spellCheck="false" />
  )
}
