import type { TopUp } from '#contracts/wire/shapes.ts'
import { CopyButton } from '../../components/CopyButton.tsx'
import { inFours } from '../../text/inFours.ts'
import { useText } from '../../text/useText.ts'

const isIban = (account: string) => /^[A-Z]{2}\d{2}[0-9A-Z]{10,30}$/.test(account)

type InstructionsProps = { readonly topUp: TopUp; readonly isOver: boolean }

/**
 * Account, bank and reference, each with a button that copies it as the bank wants it: without spaces. When it is over nothing is to be sent any
 * more, and only what it is known by remains.
 */
export function Instructions({ topUp, isOver }: InstructionsProps) {
  const { t, amount } = useText()
  const { reference, instructions } = topUp
  const { accountHolder, account, bic, bankName, scheme } = instructions
  const iban = isIban(account)
  const knownBy = { name: t('topUp.reference'), shown: inFours(reference), copied: reference }
  const whereTo = [
    { name: t('topUp.amount'), shown: amount(topUp.amount), copied: topUp.amount.value },
    knownBy,
    { name: t('topUp.holder'), shown: accountHolder, copied: accountHolder },
    { name: t(iban ? 'topUp.iban' : 'topUp.account'), shown: iban ? inFours(account) : account, copied: account },
    { name: t('topUp.bic'), shown: bic, copied: bic },
    { name: t('topUp.bank'), shown: bankName, copied: bankName },
  ]
  const facts = [
    ...(isOver ? [knownBy] : whereTo),
    { name: t('topUp.scheme'), shown: scheme, copied: '' },
    { name: t('topUp.fee'), shown: amount(topUp.fee), copied: '' },
  ]
  return (
    <dl className="facts grow">
      {facts
        .filter(({ shown }) => shown !== '')
        .map(({ name, shown, copied }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{shown}</dd>
            {copied !== '' && (
              <dd>
                <CopyButton text={copied} name={name} />
              </dd>
            )}
          </div>
        ))}
    </dl>
  )
}
