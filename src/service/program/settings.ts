import { defaultConfig, type ServiceConfig } from '../config.ts'
import { Ending, exitCodes } from './exit.ts'
import { newToken, secretOf } from './secrets.ts'
import type { Speech } from './speech.ts'

export type ServeOptions = { readonly listen?: string | undefined; readonly sandbox?: boolean | undefined }

const listenPattern = /^(?:\[([0-9a-fA-F:]+)\]|([^:\s]+)):(\d{1,5})$/

function readListen(text: string, say: Speech): Pick<ServiceConfig, 'host' | 'port'> {
  const parts = listenPattern.exec(text)
  const port = Number(parts?.[3])
  const host = parts?.[1] ?? parts?.[2]
  if (host === undefined || !(port <= 65_535)) throw new Ending(exitCodes.wrongUse, say('listenWrong', { what: text }))
  return { host, port }
}

/** The configuration of a service: by its arguments, else by `OKPAY_*`, else what a service has by itself. Secrets come from the environment or files. */
export function serviceConfig({ listen, sandbox }: ServeOptions, env: NodeJS.ProcessEnv, say: Speech): ServiceConfig {
  const isSandbox = sandbox === true || env['OKPAY_SANDBOX'] === '1'
  return {
    ...defaultConfig,
    ...readListen(listen ?? env['OKPAY_LISTEN'] ?? '127.0.0.1:0', say),
    sandbox: isSandbox,
    name: env['OKPAY_SERVICE_NAME'] || defaultConfig.name,
    supportEmail: env['OKPAY_SUPPORT_EMAIL'] || defaultConfig.supportEmail,
    publicUrl: env['OKPAY_PUBLIC_URL'] || null,
    smtpUrl: secretOf(env, 'OKPAY_SMTP_URL', say) ?? null,
    mailFrom: env['OKPAY_MAIL_FROM'] || defaultConfig.mailFrom,
    fetchRates: env['OKPAY_FETCH_RATES'] !== '0',
    operatorToken: secretOf(env, 'OKPAY_OPERATOR_TOKEN', say) ?? newToken(),
  }
}
