import type { ServicePorts } from '../../ports.ts'

/** Where a mail for a telephone number goes; undefined where no text message can be sent. The sandbox's mailbox takes them under the number itself. */
export function textAddress({ mailer, config }: Pick<ServicePorts, 'mailer' | 'config'>, phone: string): string | undefined {
  if (mailer.deliveredBy === 'sandbox_mailbox') return phone
  return config.textGateway === null ? undefined : `${phone.replace('+', '')}@${config.textGateway}`
}
